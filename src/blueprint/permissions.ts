import type { Permissions } from '../answers/schema.ts';
import { managedPolicyArn } from '../iam/arn.ts';
import { ec2 } from '../iam/packs/ec2.ts';
import { ecrPush } from '../iam/packs/ecr-push.ts';
import type { Pack, PackContext } from '../iam/packs/pack.ts';
import { s3 } from '../iam/packs/s3.ts';
import { secretsManager } from '../iam/packs/secrets-manager.ts';
import { terraformState } from '../iam/packs/terraform-state.ts';
import {
  oneOrMany,
  POLICY_VERSION,
  type PolicyStatement,
  type PolicyValue,
} from '../iam/policy.ts';
import type { InlinePolicy, RoleBlueprint } from './blueprint.ts';
import { labelOf } from './labels.ts';

type RolePermissions = Pick<RoleBlueprint, 'managedPolicies' | 'inlinePolicies' | 'permissions'>;

/** What a role may do: each pack becomes one inline policy. */
export function permissionsOf(
  permissions: Permissions,
  roleLabel: string,
  context: PackContext,
): RolePermissions {
  const inlinePolicies: InlinePolicy[] = [];
  const words: string[] = [];
  const inline = (name: string, document: PolicyValue) => {
    inlinePolicies.push({ label: `${roleLabel}_${labelOf(name)}`, name, document });
  };
  const pack = <Options>(of: Pack<Options>, options: Options | undefined) => {
    if (options === undefined) return;
    inline(of.policyName(options), permissionPolicy(of.statements(options, context)));
    words.push(...of.describe(options));
  };
  pack(s3, permissions.s3);
  pack(ec2, permissions.ec2);
  pack(secretsManager, permissions.secrets_manager);
  pack(ecrPush, permissions.ecr_push);
  pack(terraformState, permissions.terraform_state);
  for (const { name, policy } of permissions.inline_policies ?? []) {
    inline(name, policy as PolicyValue);
    words.push(`inline policy ${name}`);
  }
  const managedPolicies = (permissions.managed_policies ?? []).map((nameOrArn) => {
    const arn = managedPolicyArn(context.partition, nameOrArn);
    words.push(`managed policy ${nameOrArn}`);
    return { label: `${roleLabel}_${labelOf(arn.slice(arn.lastIndexOf('/') + 1))}`, arn };
  });
  return { managedPolicies, inlinePolicies, permissions: words };
}

function permissionPolicy(statements: readonly PolicyStatement[]): PolicyValue {
  return {
    Version: POLICY_VERSION,
    Statement: statements.map((statement) => ({
      ...statement,
      Action: oneOrMany([statement.Action].flat()),
      Resource: oneOrMany([statement.Resource].flat()),
    })),
  };
}
