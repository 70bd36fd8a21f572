import type { RoleBlueprint } from '../blueprint.ts';
import type { Move } from './change.ts';
import type { BlueprintPair } from './pair-roles.ts';

/** The resources of a role that AWS knows by the same name and Terraform by another. */
export function movesOf({ before, after }: BlueprintPair): Move[] {
  if (!before || !after || before.name.toLowerCase() !== after.name.toLowerCase()) return [];
  const moves = resourcesOf(after).flatMap(({ type, key, label: to }) => {
    const earlier = resourcesOf(before).find((one) => one.type === type && one.key === key);
    return earlier === undefined || earlier.label === to ? [] : [{ type, from: earlier.label, to }];
  });
  // Terraform reads two moves that meet at one address as a chain.
  return moves.filter(({ type, from, to }) =>
    moves.every((other) => other.type !== type || (other.to !== from && other.from !== to)),
  );
}

/** A resource by what AWS knows it by, and by its name in Terraform. */
interface Resource {
  readonly type: string;
  readonly key: string;
  readonly label: string;
}

function resourcesOf({ label, managedPolicies, inlinePolicies }: RoleBlueprint): Resource[] {
  return [
    { type: 'aws_iam_role', key: '', label },
    ...managedPolicies.map((policy) => ({
      type: 'aws_iam_role_policy_attachment',
      key: policy.arn,
      label: policy.label,
    })),
    ...inlinePolicies.map((policy) => ({
      type: 'aws_iam_role_policy',
      key: policy.name,
      label: policy.label,
    })),
  ];
}
