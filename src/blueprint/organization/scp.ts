import type { BootstrapNames } from '../../answers/bootstrap-defaults.ts';
import { ANY_ACCOUNT, policyArn, providerArn, roleArn, type Partition } from '../../iam/arn.ts';
import { oneOrMany, POLICY_VERSION, type PolicyValue } from '../../iam/policy.ts';
import { PROVIDER_WRITES, ROLE_TAGGING, ROLE_WRITES } from '../../iam/provider-actions.ts';

interface Protected {
  readonly partition: Partition;
  /** The issuer's URL without `https://`. */
  readonly issuerPrefix: string;
  /** Of the bootstrap, where there is one. */
  readonly names: BootstrapNames | undefined;
  /** ARNs of the boundaries that accounts have in place of the one of the bootstrap. */
  readonly ownBoundaries: readonly string[];
  readonly protectedPaths: readonly string[];
  /** Path and name of roles. */
  readonly exceptions: readonly string[];
}

const POLICY_WRITES = [
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
  'iam:DeletePolicy',
  'iam:DeletePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:TagPolicy',
  'iam:UntagPolicy',
];

/**
 * Lets only the exceptions change the provider, the bootstrap and other protected roles. The exceptions protect
 * themselves: otherwise anyone who may create a role could give it the name of one.
 */
export function scpDocument(scope: Protected): PolicyValue {
  const { partition, issuerPrefix, names, protectedPaths } = scope;
  const exceptions = scope.exceptions.map((pattern) =>
    roleArn(partition, ANY_ACCOUNT, '/', pattern.replace(/^\//, '')),
  );
  const others = { ArnNotLike: { 'aws:PrincipalArn': oneOrMany(exceptions) } };
  const paths = [...(names ? [names.rolePath] : []), ...protectedPaths];
  const roles = [...paths.map((path) => roleArn(partition, ANY_ACCOUNT, path, '*')), ...exceptions];
  return {
    Version: POLICY_VERSION,
    Statement: [
      {
        Sid: 'Provider',
        Effect: 'Deny',
        Action: PROVIDER_WRITES,
        Resource: providerArn(partition, ANY_ACCOUNT, issuerPrefix),
        Condition: others,
      },
      {
        Sid: 'ProtectedRoles',
        Effect: 'Deny',
        Action: [...ROLE_WRITES, 'iam:DeleteRolePermissionsBoundary', ...ROLE_TAGGING].sort(),
        Resource: oneOrMany(roles),
        Condition: others,
      },
      ...(names ? bootstrapStatements(scope, names, others) : []),
    ],
  };
}

/** The boundaries, and that every role which the pipeline may change has it, or the one that its account has instead. */
function bootstrapStatements(
  { partition, ownBoundaries }: Protected,
  { rolePath, managedPath, boundary }: BootstrapNames,
  others: { readonly ArnNotLike: Readonly<Record<string, string | readonly string[]>> },
): PolicyValue[] {
  const arn = policyArn(partition, ANY_ACCOUNT, rolePath, boundary);
  const managed = roleArn(partition, ANY_ACCOUNT, managedPath, '*');
  // Many accounts have a boundary of one name, and a policy has few characters.
  const guarded = new Set(ownBoundaries.map((one) => one.replace(/::\d+:/, `::${ANY_ACCOUNT}:`)));
  return [
    {
      Sid: 'Boundary',
      Effect: 'Deny',
      Action: POLICY_WRITES,
      Resource: oneOrMany([policyArn(partition, ANY_ACCOUNT, rolePath, '*'), ...guarded]),
      Condition: others,
    },
    {
      Sid: 'ManagedRolesGetTheBoundary',
      Effect: 'Deny',
      Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'],
      Resource: managed,
      Condition: {
        ...others,
        StringNotLike: { 'iam:PermissionsBoundary': oneOrMany([arn, ...ownBoundaries]) },
      },
    },
    {
      Sid: 'ManagedRolesKeepTheBoundary',
      Effect: 'Deny',
      Action: 'iam:DeleteRolePermissionsBoundary',
      Resource: managed,
      Condition: others,
    },
  ];
}
