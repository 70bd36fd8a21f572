import type { Rule } from '../rule.ts';

export const openPrincipal: Rule = {
  id: 'OIDC026',
  name: 'open-principal',
  severity: 'error',
  harm: 'weakens',
  summary: 'The principal is everyone',
  why: '`"*"` trusts every provider of the account and every AWS principal that the conditions do not exclude.',
  example:
    'With `"Principal": "*"`, a condition written for one issuer does not limit the tokens of another.',
  fix: 'Name the provider: {"Federated": "arn:aws:iam::<account>:oidc-provider/<host>"}',
  check: ({ statements }) =>
    statements.flatMap(({ statement: { principal } }) =>
      principal.entries
        .filter(({ value }) => value === '*' && !principal.negated)
        .map(({ path }) => ({ path, message: '"*" is everyone' })),
    ),
};
