import { accountOf, STAND_IN_ACCOUNT } from '../iam/arn.ts';
import { GITLAB_COM, issuerOfArn, issuerOfUrl } from '../iam/condition-keys.ts';
import { type PreparedPolicy, preparePolicy } from '../iam/evaluate/evaluate.ts';
import type { Statement, TrustPolicy } from '../iam/evaluate/policy.ts';
import { hasWildcard } from '../iam/subject.ts';
import { deniesOf } from './controls.ts';
import type { Provider } from './provider.ts';
import type { ProviderFacts, RoleContext } from './role-context.ts';

/** A role's trust policy, and what is known of the providers that it may name. */
export interface Trust {
  readonly policy: TrustPolicy;
  /** Statements of RCPs, each of which denies what the policy allows. */
  readonly denies?: readonly Statement[];
  /** Providers of the account; one that the policy names need not be here. */
  readonly providers?: readonly Provider[];
  /** The role's, where it is known. */
  readonly account?: string;
}

/** What decides who may assume a role. */
export function trustOf(role: RoleContext): Trust {
  const { key, trust, providers } = role;
  const known = providers.flatMap((facts): Provider[] => {
    const { url, clientIds } = facts;
    const issuer = issuerOfUrl(url);
    const arn = facts.arn ?? arnOf(issuer, trust, providers);
    return arn === undefined ? [] : [{ arn, issuer, ...(clientIds && { clientIds }) }];
  });
  const denies = role.controls ? deniesOf(role) : [];
  return {
    policy: trust,
    providers: known,
    account: key.account,
    ...(denies.length > 0 && { denies }),
  };
}

/**
 * The ARN by which a policy names a provider that the input describes without one, as `aws iam get-open-id-connect-provider`
 * does; none where several descriptions may be meant.
 */
function arnOf(
  issuer: string,
  { statements }: TrustPolicy,
  providers: readonly ProviderFacts[],
): string | undefined {
  if (providers.filter(({ url }) => issuerOfUrl(url) === issuer).length > 1) return undefined;
  return statements
    .flatMap(({ principal }) => principal.entries)
    .find(({ type, value }) => type === 'Federated' && issuerOfArn(value) === issuer)?.value;
}

export function readTrust({ policy, denies }: Trust): PreparedPolicy {
  return preparePolicy(policy, denies);
}

/** The statements that decide: those of the policy, then those of RCPs. */
export function statementsOf({ policy: { statements }, denies = [] }: Trust): readonly Statement[] {
  return denies.length > 0 ? [...statements, ...denies] : statements;
}

/** The account of a provider that a role of another account names, and that AWS therefore never asks about for it. */
export function otherAccount(arn: string, own: string | undefined): string | undefined {
  const named = accountOf(arn);
  if (named === undefined || named === STAND_IN_ACCOUNT || named === own) return undefined;
  return /^\d{12}$/.test(own ?? '') ? named : undefined;
}

/** AWS looks for the provider of a token in the role's account, whichever account the policy names. */
function soughtFor(arn: string, own: string | undefined): string {
  const other = otherAccount(arn, own);
  return other === undefined ? arn : arn.replace(`:${other}:`, `:${own}:`);
}

/** The account of an ARN that is made up for a provider of which only the address is known. */
const NO_ACCOUNT = '000000000000';

/** Stands for every provider that no policy mentions: a statement that is open to all accepts the tokens of each alike. */
const ANOTHER_ISSUER = 'gitlab.another.example';

/**
 * The providers whose tokens some policies can allow: those that they name and, where a statement is open to every
 * provider, those that are known or whose keys it asks for, and one more for all others.
 *
 * @param asked issuer of the one token that is asked about, in place of all others
 */
export function providersOf(trusts: readonly Trust[], asked?: string): Provider[] {
  const known = trusts.flatMap(({ providers = [] }) => providers);
  const found = new Map<string, Provider>();
  const add = (provider: Provider) => {
    if (!found.has(provider.arn)) found.set(provider.arn, provider);
  };
  const statements = trusts.flatMap((trust) =>
    statementsOf(trust).map((statement) => ({ ...statement, account: trust.account })),
  );
  for (const { principal, account } of statements) {
    for (const { type, value } of principal.entries) {
      const issuer = type === 'Federated' ? issuerOfArn(value) : undefined;
      // AWS rejects a pattern in a principal.
      if (issuer === undefined || hasWildcard(value)) continue;
      const sought = soughtFor(value, account);
      add(known.find(({ arn }) => arn === sought) ?? { arn: sought, issuer });
    }
  }
  const open = statements.filter(
    ({ effect, principal }) => effect === 'Allow' && isOpen(principal),
  );
  if (open.length === 0) return [...found.values()];
  for (const { account } of trusts)
    known.filter(({ arn }) => otherAccount(arn, account) === undefined).forEach(add);
  // A Deny statement may take an issuer's tokens out of those that it denies.
  const issuers = statements.flatMap(keyIssuers);
  const mentioned = found.size + issuers.length > 0 ? issuers : [GITLAB_COM];
  const all = asked === undefined ? [...mentioned, ANOTHER_ISSUER] : [asked, ...mentioned];
  for (const issuer of all) {
    if ([...found.values()].some((one) => one.issuer.toLowerCase() === issuer.toLowerCase()))
      continue;
    add({ arn: `arn:aws:iam::${NO_ACCOUNT}:oidc-provider/${issuer}`, issuer });
  }
  return [...found.values()];
}

/** Open to providers that it does not name. */
function isOpen({ negated, entries }: Statement['principal']): boolean {
  const everyone = entries.some(({ type, value }) => value === '*' && type !== 'Service');
  return negated !== everyone;
}

function keyIssuers({ conditions }: Statement): string[] {
  // Without a dot it is AWS's own, such as aws:SourceIp, or no host.
  const issuers = conditions
    .map(({ issuer }) => issuerOfUrl(issuer))
    .filter((issuer) => issuer.includes('.'));
  return [...new Set(issuers)];
}
