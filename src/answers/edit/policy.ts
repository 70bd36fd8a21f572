import { managedPolicyArn } from '../../iam/arn.ts';
import type { Answers } from '../schema.ts';
import { removedFromDifferences } from './accounts/differences.ts';
import type { Change } from './change.ts';
import type { PolicyEdit } from './edit.ts';
import { refuse, refuseUnknown } from './refuse.ts';
import { whichRole } from './which-role.ts';

/** Managed policies; the same one may be given by its name or by its ARN. */
export function editPolicy(answers: Answers, edit: PolicyEdit): Change[] {
  const { verb, policy } = edit;
  const where = `policy ${policy}`;
  const arnOf = (nameOrArn: string) => managedPolicyArn(answers.aws.partition ?? 'aws', nameOrArn);
  const placeIn = (names: readonly string[] | undefined) =>
    (names ?? []).map(arnOf).indexOf(arnOf(policy));
  const { role, index } = whichRole(
    answers,
    edit.role,
    where,
    ({ permissions, differences = {} }) =>
      verb === 'add' ||
      [permissions, ...Object.values(differences).map((one) => one.permissions)].some(
        (one) => placeIn(one?.managed_policies) >= 0,
      ),
  );
  const { managed_policies = [], accept_administrator } = role.permissions;
  const there = placeIn(managed_policies);
  const permissions = ['roles', index, 'permissions'] as const;
  if (verb === 'remove') {
    const inAccounts = removedFromDifferences(
      role,
      index,
      ({ permissions: own }) => placeIn(own?.managed_policies),
      ['permissions', 'managed_policies'],
    );
    if (there < 0 && inAccounts.length === 0)
      refuseUnknown('policy', policy, `role ${role.name} has`, managed_policies);
    return [
      ...(there < 0 ? [] : [{ remove: [...permissions, 'managed_policies', there] }]),
      ...inAccounts,
    ];
  }
  if (there >= 0) {
    refuse(where, `role ${role.name} has it already`, 'Name another policy, or another role');
  }
  return [
    { append: policy, to: [...permissions, 'managed_policies'] },
    ...(edit.acceptAdministrator && !accept_administrator
      ? [{ set: true, at: [...permissions, 'accept_administrator'] }]
      : []),
  ];
}
