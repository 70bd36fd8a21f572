const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

/**
 * Managed policies of AWS that roles carry most often without their documents in the input: a Terraform state names them by ARN.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const DOCUMENTS: Readonly<Record<string, readonly object[]>> = {
  AdministratorAccess: [ALL],
  IAMFullAccess: [
    {
      Effect: 'Allow',
      Action: [
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:DescribeOrganizationalUnit',
        'organizations:DescribePolicy',
        'organizations:ListChildren',
        'organizations:ListParents',
        'organizations:ListPoliciesForTarget',
        'organizations:ListRoots',
        'organizations:ListPolicies',
        'organizations:ListTargetsForPolicy',
      ],
      Resource: '*',
    },
  ],
  PowerUserAccess: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: [
        'account:GetAccountInformation',
        'account:GetGovCloudAccountInformation',
        'account:GetPrimaryEmail',
        'account:ListRegions',
        'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole',
        'iam:ListRoles',
        'organizations:DescribeEffectivePolicy',
        'organizations:DescribeOrganization',
      ],
      Resource: '*',
    },
  ],
};

/** The document of a managed policy of AWS by its ARN; `undefined` for one that is not known here. */
export function managedDocument(arn: string | undefined): unknown {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn ?? '')?.[1] ?? '';
  const statements = Object.hasOwn(DOCUMENTS, name) ? DOCUMENTS[name] : undefined;
  return statements && { Version: '2012-10-17', Statement: statements };
}
