/** The role `deploy` of account 111111111111, as `aws iam get-role` prints it, which trusts gitlab.com's provider of an account. */
export function getRole(providerAccount: string, condition: object): object {
  return {
    Role: {
      RoleName: 'deploy',
      Arn: 'arn:aws:iam::111111111111:role/deploy',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${providerAccount}:oidc-provider/gitlab.com` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: condition,
        },
      },
    },
  };
}
