import type { Rule } from '../rule.ts';

export const openPrincipal: Rule = {
  id: 'OIDC026',
  name: 'open-principal',
  severity: 'error',
  harm: 'weakens',
  summary: 'The principal is everyone',
  why: '`"*"`, and NotPrincipal with Allow, trust every provider of the account and every AWS principal that the conditions do not hold back.',
  example:
    'With `"Principal": "*"` a condition written for one issuer says nothing of the tokens of another.',
  fix: 'Name the provider: {"Federated": "arn:aws:iam::<account>:oidc-provider/<host>"}',
  check: ({ statements }) =>
    statements.flatMap(({ statement: { principal } }) => {
      if (principal.negated) {
        return [{ path: principal.path, message: 'NotPrincipal trusts everyone it does not name' }];
      }
      return principal.entries
        .filter(({ value }) => value === '*')
        .map(({ path }) => ({ path, message: '"*" is everyone' }));
    }),
};
