import { deniesOf } from '../access/controls.ts';
import type { RoleContext } from '../access/role-context.ts';
import type { Provider } from '../access/provider.ts';
import type { Trust } from '../access/trust.ts';
import { ANY_ACCOUNT, STAND_IN_ACCOUNT } from '../iam/arn.ts';
import { issuerOfArn, issuerOfUrl } from '../iam/condition-keys.ts';
import { parsePolicy } from '../iam/evaluate/parse-policy.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { canonical } from './canonical.ts';
import type { RolePair } from './pair-roles.ts';

/**
 * Who may assume a role on both sides of a change. Where both know which audiences the provider accepts, and these
 * differ, that is part of it: a token with another audience is rejected before the trust policy is read.
 */
export function trustsOf({ before, after }: RolePair<RoleContext>): RolePair<Trust> {
  const policies = policiesOf({ before, after });
  const shared = sharedAccount({ before, after });
  const ofRole = (role: RoleContext) => {
    const account = isKnown(role) ? role.key.account : shared;
    const denies = deniesOf(
      account === undefined ? role : { ...role, key: { ...role.key, account } },
    );
    return { ...(account !== undefined && { account }), ...(denies.length > 0 && { denies }) };
  };
  const sides = [policies.before, policies.after];
  const arns = [...new Set(sides.flatMap((policy) => (policy ? providersIn(policy) : [])))];
  const known = arns.flatMap((arn): AudiencesOf[] => {
    const issuer = issuerOfArn(arn);
    if (issuer === undefined) return [];
    const [had, has] = [before, after].map((role) => role && clientIdsOf(role, issuer));
    return [{ arn, issuer, had, has }];
  });
  const differing = known.filter(({ had, has }) => had && has && canonical(had) !== canonical(has));
  const providers = known.map(({ arn, issuer, had, has }): Provider => {
    const clientIds = differing.some((one) => one.arn === arn) ? undefined : (has ?? had);
    return { arn, issuer, ...(clientIds === undefined ? {} : { clientIds }) };
  });
  const [earlier, later] = sides;
  return {
    before: earlier && {
      ...(before && ofRole(before)),
      policy: differing.reduce((policy, one) => onlyFor(policy, one, one.had), earlier),
      providers,
    },
    after: later && {
      ...(after && ofRole(after)),
      policy: differing.reduce((policy, one) => onlyFor(policy, one, one.has), later),
      providers,
    },
  };
}

/** The trust policies of both sides, as policies of one account. */
export function policiesOf({ before, after }: RolePair<RoleContext>): RolePair<TrustPolicy> {
  const account = sharedAccount({ before, after });
  const of = (role: RoleContext | undefined) =>
    role && (isKnown(role) ? role.trust : inAccount(role.trust, account));
  return { before: of(before), after: of(after) };
}

/** The account that one side knows, for the other. */
function sharedAccount({ before, after }: RolePair<RoleContext>): string | undefined {
  return [before, after].find((role) => role && isKnown(role))?.key.account;
}

function isKnown({ key }: RoleContext): boolean {
  return key.account !== ANY_ACCOUNT;
}

interface AudiencesOf {
  readonly arn: string;
  readonly issuer: string;
  readonly had: readonly string[] | undefined;
  readonly has: readonly string[] | undefined;
}

/** The policy with the account in place of the stand-in that a source without one writes. */
function inAccount(policy: TrustPolicy, account = STAND_IN_ACCOUNT): TrustPolicy {
  const [from, to] = [STAND_IN_ACCOUNT, account].map((one) => `:iam::${one}:oidc-provider/`);
  if (from === to || from === undefined || to === undefined) return policy;
  const statements = policy.statements.map((statement) => ({
    ...statement,
    principal: {
      ...statement.principal,
      entries: statement.principal.entries.map((one) => ({
        ...one,
        value: one.value.replace(from, to),
      })),
    },
  }));
  return { ...policy, statements };
}

/** The OIDC providers that a policy names, by ARN. */
export function providersIn({ statements }: TrustPolicy): string[] {
  const arns = statements.flatMap(({ principal }) =>
    principal.entries.flatMap(({ type, value }) =>
      type === 'Federated' && issuerOfArn(value) !== undefined ? [value] : [],
    ),
  );
  return [...new Set(arns)];
}

function clientIdsOf({ providers }: RoleContext, issuer: string): readonly string[] | undefined {
  return providers.find(
    ({ url, clientIds }) =>
      clientIds !== undefined && issuerOfUrl(url).toLowerCase() === issuer.toLowerCase(),
  )?.clientIds;
}

function onlyFor(
  policy: TrustPolicy,
  { arn, issuer }: AudiencesOf,
  clientIds: readonly string[] = [],
): TrustPolicy {
  const guard = parsePolicy({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: { Federated: arn },
        Action: 'sts:AssumeRoleWithWebIdentity',
        // No token has an empty audience: a provider without client IDs accepts none.
        Condition: { StringNotEquals: { [`${issuer}:aud`]: ['', ...clientIds] } },
      },
    ],
  });
  if (!guard.ok) throw new Error(`the audiences of ${arn} cannot be a condition`);
  const index = policy.statements.length;
  const statements = guard.policy.statements.map((one) => ({ ...one, index }));
  return { ...policy, statements: [...policy.statements, ...statements] };
}
