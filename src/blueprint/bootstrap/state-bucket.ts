import type { Partition } from '../../iam/arn.ts';
import { policyText, POLICY_VERSION, type PolicyValue } from '../../iam/policy.ts';
import { QUOTAS } from '../../iam/quotas.ts';

export interface StateBucketPolicy {
  readonly document: PolicyValue;
  /** Whether it lets each account reach its own state only; for too many accounts, S3 has no room for that. */
  readonly separates: boolean;
}

/** An account whose roles reach their state in the bucket of another account. */
export interface StateUser {
  readonly account: string;
  readonly key: string;
}

/**
 * What the policy of a bucket must allow so that roles of other accounts reach their states in it: each account its own
 * state only, since an administrator there can make a role of these names that may do more. Where S3 has no room for
 * that, all reach all, and only the policies of the roles keep them apart.
 *
 * @param roles paths and names of the roles
 * @returns `undefined` where S3 has room for neither
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
 */
export function stateBucketPolicy(
  partition: Partition,
  bucket: string,
  users: readonly StateUser[],
  roles: readonly string[],
): StateBucketPolicy | undefined {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const root = ({ account }: StateUser) => `arn:${partition}:iam::${account}:root`;
  const everyone = { Effect: 'Allow', Principal: { AWS: users.map(root) } };
  const Condition = {
    ArnLike: { 'aws:PrincipalArn': roles.map((role) => `arn:${partition}:iam::*:role${role}`) },
  };
  const find = {
    Sid: 'FindStates',
    ...everyone,
    Action: 's3:ListBucket',
    Resource: arn,
    Condition,
  };
  const separate = users.map((user) => ({
    Sid: `StateOf${user.account}`,
    Effect: 'Allow',
    Principal: { AWS: root(user) },
    Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    Resource: [`${arn}/${user.key}`, `${arn}/${user.key}.tflock`],
    Condition,
  }));
  const shared = [
    {
      Sid: 'UseStates',
      ...everyone,
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: `${arn}/*`,
      Condition,
    },
    {
      Sid: 'Unlock',
      ...everyone,
      Action: 's3:DeleteObject',
      Resource: `${arn}/*.tflock`,
      Condition,
    },
  ];
  const policies = [
    { document: documentOf([find, ...separate]), separates: true },
    { document: documentOf([find, ...shared]), separates: false },
  ];
  return policies.find(({ document }) => policyText(document).length <= QUOTAS.bucketPolicy);
}

function documentOf(statements: readonly PolicyValue[]): PolicyValue {
  return { Version: POLICY_VERSION, Statement: statements };
}
