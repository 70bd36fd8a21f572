import { otherAccount } from '../../access/trust.ts';
import { expiredConditions, expiredInWords } from '../../access/moment.ts';
import { issuerOfArn } from '../../iam/condition-keys.ts';
import type { GitlabStatement } from '../gitlab-statement.ts';
import type { Statement } from '../../iam/evaluate/policy.ts';
import { listed } from '../../access/words.ts';
import { admitted, type Judging } from '../reach.ts';
import type { Rule, Sighting } from '../rule.ts';

/** Reported only where no other rule says why nobody may. */
export const nobody: Rule = {
  id: 'OIDC035',
  name: 'nobody',
  severity: 'error',
  harm: 'locks-out',
  summary: 'No token of a trusted provider is accepted',
  why: "AWS looks for the provider in the role's account, all conditions must hold at once, and a Deny statement overrides every Allow. So does a statement of an RCP. Together they exclude every token that the provider can issue.",
  example:
    'A Deny statement with `StringNotEquals` on a key that the tokens do not have denies everyone.',
  fix: 'Run `explain` with the job that needs the role: it names the condition that fails',
  check: ({ statements, judging }) =>
    statements.flatMap((statement) => deadProviders(statement, judging)),
};

/** The providers of a statement whose tokens it never accepts; its principal, where it names no provider. */
function deadProviders(
  { statement, ownIssuers, onClaims, reaches }: GitlabStatement,
  judging: Judging,
): Sighting[] {
  const { policy, known, since } = judging;
  const { account } = known;
  if (reaches.some(({ undetermined }) => undetermined.length > 0)) return [];
  const accepted = new Set(reaches.flatMap(({ grants }) => grants.map((one) => one.provider)));
  const { principal } = statement;
  const [expired] = expiredConditions({ ...policy, statements: [statement] }, since);
  const closing = accepted.size === 0 ? closingControls(statement, judging) : [];
  const because = expired
    ? `: ${expiredInWords(expired)}`
    : closing.length > 0
      ? `: ${listed(closing)} denies what the statement allows`
      : '';
  const named = principal.entries.flatMap(({ type, value, path }) => {
    const issuer = type === 'Federated' ? issuerOfArn(value) : undefined;
    return issuer !== undefined && ownIssuers.has(issuer.toLowerCase()) ? [{ value, path }] : [];
  });
  if (named.length > 0) {
    return named
      .filter(({ value }) => !accepted.has(value))
      .map(({ value, path }) => {
        const other = otherAccount(value, account);
        const why =
          other === undefined
            ? because
            : `: it is in account ${other}, and the role is in ${account}`;
        return { path, message: `no token of this provider is accepted${why}` };
      });
  }
  // Who is open to every provider may accept tokens of one that is not known here.
  const isOpen = principal.negated || principal.entries.some(({ value }) => value === '*');
  if (accepted.size > 0 || onClaims.length === 0 || isOpen) return [];
  return [{ path: principal.path, message: `no token is accepted${because}` }];
}

/** The RCPs without which somebody would be accepted. */
function closingControls(statement: Statement, judging: Judging): string[] {
  const { denies = [], ...known } = judging.known;
  if (denies.length === 0 || admitted(statement, { ...judging, known }).grants.length === 0)
    return [];
  return [...new Set(denies.map(({ document = '' }) => `RCP ${document}`))];
}
