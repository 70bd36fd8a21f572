import { providerArn, roleArn, type Partition, policyArn } from '../../iam/arn.ts';
import type { PolicyStatement } from '../../iam/policy.ts';
import { PROVIDER_WRITES, ROLE_TAGGING, ROLE_WRITES } from '../../iam/provider-actions.ts';
import { terraformState } from '../../permissions/terraform-state.ts';
import type { BootstrapNames } from '../../answers/bootstrap-defaults.ts';
import { MARKS } from './marks.ts';

/** What the policies of the pipeline's roles are about. */
export interface PipelineScope {
  readonly partition: Partition;
  readonly region: string;
  /** The issuer's URL without `https://`. */
  readonly issuerPrefix: string;
  readonly names: BootstrapNames;
  /** The bucket of the state, where it is in one. */
  readonly state: { readonly bucket: string; readonly account: string | undefined } | undefined;
  /** Whether the boundary of an account may be one that exists, outside the path of the bootstrap. */
  readonly ownBoundaries: boolean;
}

/** What a plan reads: the roles, the provider and the state, which it locks. */
export function planStatements(scope: PipelineScope): readonly PolicyStatement[] {
  return [...reading(scope), ...stateOf(scope, 'read')];
}

/**
 * What an apply needs: to manage roles below one path, each with the boundary. The denials repeat what no statement
 * allows, so that they hold if somebody attaches another policy.
 */
export function applyStatements(scope: PipelineScope): readonly PolicyStatement[] {
  const { partition, names, issuerPrefix } = scope;
  const boundary = policyArn(partition, MARKS.account, names.rolePath, names.boundary);
  const managed = managedRoles(scope);
  return [
    ...reading(scope),
    {
      Sid: 'RolesWithBoundary',
      Effect: 'Allow',
      Action: ROLE_WRITES,
      Resource: managed,
      Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
    },
    { Sid: 'TagsOfRoles', Effect: 'Allow', Action: ROLE_TAGGING, Resource: managed },
    ...stateOf(scope, 'write'),
    {
      Sid: 'NeverTheBootstrap',
      Effect: 'Deny',
      Action: 'iam:*',
      Resource: [
        roleArn(partition, MARKS.account, names.rolePath, '*'),
        policyArn(partition, MARKS.account, names.rolePath, '*'),
        ...(scope.ownBoundaries ? [boundary] : []),
      ],
    },
    {
      Sid: 'NeverTheProvider',
      Effect: 'Deny',
      Action: PROVIDER_WRITES,
      Resource: providerArn(partition, MARKS.account, issuerPrefix),
    },
    {
      Sid: 'NeverOtherRoles',
      Effect: 'Deny',
      Action: ['iam:DeleteRolePermissionsBoundary', 'iam:PassRole', 'sts:AssumeRole'],
      Resource: '*',
    },
  ];
}

/** What Terraform asks of IAM about the roles that it manages, and to find the provider by its URL. */
function reading(scope: PipelineScope): readonly PolicyStatement[] {
  return [
    {
      Sid: 'ReadRoles',
      Effect: 'Allow',
      Action: [
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListInstanceProfilesForRole',
        'iam:ListRolePolicies',
      ],
      Resource: managedRoles(scope),
    },
    {
      Sid: 'ReadProvider',
      Effect: 'Allow',
      Action: 'iam:GetOpenIDConnectProvider',
      Resource: providerArn(scope.partition, MARKS.account, scope.issuerPrefix),
    },
    {
      Sid: 'FindProvider',
      Effect: 'Allow',
      Action: 'iam:ListOpenIDConnectProviders',
      Resource: '*',
    },
  ];
}

function stateOf({ state, ...scope }: PipelineScope, access: 'read' | 'write') {
  if (!state) return [];
  const context = { partition: scope.partition, region: scope.region, account: MARKS.account };
  return terraformState.statements(
    {
      access,
      bucket: state.bucket,
      key: MARKS.stateKey,
      ...(state.account === undefined ? {} : { account: state.account }),
    },
    context,
  );
}

function managedRoles({ partition, names }: PipelineScope): string {
  return roleArn(partition, MARKS.account, names.managedPath, '*');
}
