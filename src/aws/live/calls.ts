/** The calls that read one account, in the words of IAM. docs/audit.md shows them, and a session may make no other. */
export const ACCOUNT_CALLS = [
  'iam:GetAccountAuthorizationDetails',
  'iam:GetOpenIDConnectProvider',
  'iam:ListOpenIDConnectProviders',
] as const;

/** A policy that allows some calls on everything: IAM's and Organizations' lists know no narrower resource. */
export function allowing(actions: readonly string[]) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  };
}
