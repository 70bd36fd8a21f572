import { oneOrMany, POLICY_VERSION, type PolicyValue } from '../../iam/policy.ts';

/** The permissions boundary of the roles that the pipeline manages. */
export interface Boundary {
  readonly name: string;
  readonly arn: string;
  readonly document: PolicyValue;
  /** Path and name of the roles that may be assumed or passed to services. */
  readonly usableRoles: readonly string[];
}

/**
 * The most that a role of the pipeline can do, whatever policies it has: everything but to change IAM, the account or
 * the organization, or to act as a role that is not named here. It is a list of what is allowed, so an action that AWS
 * adds to IAM is denied until somebody names it.
 *
 * @param usableRoles ARNs of the roles that may be assumed or passed to services
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryDocument(usableRoles: readonly string[]): PolicyValue {
  return {
    Version: POLICY_VERSION,
    Statement: [
      {
        Sid: 'EverythingElse',
        Effect: 'Allow',
        NotAction: ['account:*', 'iam:*', 'organizations:*', 'sts:AssumeRole'],
        Resource: '*',
      },
      {
        Sid: 'Reading',
        Effect: 'Allow',
        Action: [
          'account:GetAccountInformation',
          'account:ListRegions',
          'iam:CreateServiceLinkedRole',
          'iam:Get*',
          'iam:List*',
          'organizations:DescribeOrganization',
        ],
        Resource: '*',
      },
      ...(usableRoles.length === 0
        ? []
        : [
            {
              Sid: 'UsableRoles',
              Effect: 'Allow',
              Action: ['iam:PassRole', 'sts:AssumeRole'],
              Resource: oneOrMany(usableRoles),
            },
          ]),
    ],
  };
}
