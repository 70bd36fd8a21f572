import type { Rule } from '../rule.ts';

export const notPrincipal: Rule = {
  id: 'OIDC032',
  name: 'not-principal',
  severity: 'error',
  harm: 'rejected',
  summary: 'NotPrincipal in a trust policy',
  why: 'AWS rejects `NotPrincipal` in the trust policy of a role.',
  example: '`"NotPrincipal": {"AWS": "123456789012"}`: MalformedPolicyDocument.',
  fix: 'Name the provider: {"Federated": "arn:aws:iam::<account>:oidc-provider/<host>"}',
  check: ({ policy }) =>
    policy.statements
      .filter(({ principal }) => principal.negated)
      .map(({ principal }) => ({
        path: principal.path,
        message: 'NotPrincipal cannot be used in a trust policy',
      })),
};
