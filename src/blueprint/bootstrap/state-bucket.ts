import type { Partition } from '../../iam/arn.ts';
import { POLICY_VERSION, type PolicyValue } from '../../iam/policy.ts';

/**
 * What the policy of a bucket must allow so that roles of other accounts reach their states in it. Which state each of
 * them reaches, its own policy says: both must allow it.
 *
 * @param accounts IDs of the accounts whose roles these are
 * @param roles paths and names of the roles
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
 */
export function stateBucketDocument(
  partition: Partition,
  bucket: string,
  accounts: readonly string[],
  roles: readonly string[],
): PolicyValue {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const whose = {
    Effect: 'Allow',
    Principal: { AWS: accounts.map((id) => `arn:${partition}:iam::${id}:root`) },
  };
  const Condition = {
    ArnLike: { 'aws:PrincipalArn': roles.map((role) => `arn:${partition}:iam::*:role${role}`) },
  };
  return {
    Version: POLICY_VERSION,
    Statement: [
      {
        Sid: 'FindStates',
        ...whose,
        Action: 's3:ListBucket',
        Resource: arn,
        Condition,
      },
      {
        Sid: 'UseStates',
        ...whose,
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: `${arn}/*`,
        Condition,
      },
      {
        Sid: 'Unlock',
        ...whose,
        Action: 's3:DeleteObject',
        Resource: `${arn}/*.tflock`,
        Condition,
      },
    ],
  };
}
