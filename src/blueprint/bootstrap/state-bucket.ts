import type { Partition } from '../../iam/arn.ts';
import { POLICY_VERSION, type PolicyValue } from '../../iam/policy.ts';

/** An account whose roles reach their state in the bucket of another account. */
export interface StateUser {
  readonly account: string;
  readonly key: string;
}

/**
 * What the policy of a bucket must allow so that roles of other accounts reach their states in it: each account its own
 * state only, since an administrator there can make a role of these names that may do more.
 *
 * @param roles paths and names of the roles
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
 */
export function stateBucketDocument(
  partition: Partition,
  bucket: string,
  users: readonly StateUser[],
  roles: readonly string[],
): PolicyValue {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const root = ({ account }: StateUser) => `arn:${partition}:iam::${account}:root`;
  const Condition = {
    ArnLike: { 'aws:PrincipalArn': roles.map((role) => `arn:${partition}:iam::*:role${role}`) },
  };
  return {
    Version: POLICY_VERSION,
    Statement: [
      {
        Sid: 'FindStates',
        Effect: 'Allow',
        Principal: { AWS: users.map(root) },
        Action: 's3:ListBucket',
        Resource: arn,
        Condition,
      },
      ...users.map((user) => ({
        Sid: `StateOf${user.account}`,
        Effect: 'Allow',
        Principal: { AWS: root(user) },
        Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
        Resource: [`${arn}/${user.key}`, `${arn}/${user.key}.tflock`],
        Condition,
      })),
    ],
  };
}
