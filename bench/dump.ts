/** What `aws iam get-account-authorization-details` prints of roles that each trust two branches of a project. */
export function dumpOf(roles: number): string {
  return JSON.stringify(
    { RoleDetailList: Array.from({ length: roles }, (_, at) => role(at)) },
    null,
    4,
  );
}

function role(at: number): unknown {
  const statement = (branch: string) => ({
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        'gitlab.com:aud': 'https://gitlab.com',
        'gitlab.com:sub': `project_path:acme/team-${at}/service:ref_type:branch:ref:${branch}`,
      },
    },
  });
  return {
    Path: '/',
    RoleName: `service-${at}`,
    RoleId: `AROA${at}`,
    Arn: `arn:aws:iam::123456789012:role/service-${at}`,
    CreateDate: '2026-01-01T00:00:00+00:00',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [statement('main'), statement('release')],
    },
    InstanceProfileList: [],
    RolePolicyList: [
      {
        PolicyName: 'access',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: Array.from({ length: 4 }, (_, n) => ({
            Sid: `Part${n}`,
            Effect: 'Allow',
            Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
            Resource: [`arn:aws:s3:::bucket-${at}-${n}`, `arn:aws:s3:::bucket-${at}-${n}/*`],
          })),
        },
      },
    ],
    AttachedManagedPolicies: [
      { PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ],
    Tags: [{ Key: 'team', Value: `team-${at}` }],
    RoleLastUsed: { LastUsedDate: '2026-10-01T00:00:00+00:00', Region: 'eu-west-1' },
  };
}
