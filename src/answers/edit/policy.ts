import { managedPolicyArn } from '../../iam/arn.ts';
import type { Answers, Role } from '../schema.ts';
import {
  checkAccountsOf,
  differenceIn,
  removedFromDifferences,
  setDifferences,
} from './accounts/differences.ts';
import type { Change } from './change.ts';
import type { PolicyEdit } from './edit.ts';
import { refuse, refuseUnknown } from './refuse.ts';
import { type FoundRole, whichRole } from './which-role.ts';

/** Managed policies; the same one may be given by its name or by its ARN. */
export function editPolicy(answers: Answers, edit: PolicyEdit): Change[] {
  const { verb, policy, accounts = [] } = edit;
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
  if (accounts.length > 0) {
    checkAccountsOf(answers, role, accounts, where);
    return editPolicyIn(new Set(accounts), edit, { role, index }, where, placeIn);
  }
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
    refuse(where, `role ${role.name} already has it`, 'Name another policy, or another role');
  }
  return [
    { append: policy, to: [...permissions, 'managed_policies'] },
    ...(edit.acceptAdministrator && !accept_administrator
      ? [{ set: true, at: [...permissions, 'accept_administrator'] }]
      : []),
  ];
}

/** In an account without permissions of its own, the role's become its own. */
function editPolicyIn(
  accounts: ReadonlySet<string>,
  { verb, policy, acceptAdministrator }: PolicyEdit,
  { role, index }: FoundRole,
  where: string,
  placeIn: (names: readonly string[]) => number,
): Change[] {
  const changes: Change[] = [];
  const copies = new Map<string, Role['permissions']>();
  for (const account of accounts) {
    const own = differenceIn(role, account)?.permissions;
    const { managed_policies: names = [], ...others } = own ?? role.permissions;
    const there = placeIn(names);
    if (verb === 'add' && there >= 0) {
      const what = `role ${role.name} already has it in account ${account}`;
      refuse(where, what, 'Name another account');
    }
    if (verb === 'remove' && there < 0) {
      refuseUnknown('policy', policy, `role ${role.name} has`, names, ` in account ${account}`);
    }
    const yes = acceptAdministrator && !others.accept_administrator;
    const at = ['roles', index, 'differences', account, 'permissions'];
    const list = [...at, 'managed_policies'];
    if (own) {
      changes.push(verb === 'add' ? { append: policy, to: list } : { remove: [...list, there] });
      if (yes) changes.push({ set: true, at: [...at, 'accept_administrator'] });
      continue;
    }
    const left = verb === 'add' ? [...names, policy] : names.filter((_, place) => place !== there);
    copies.set(account, {
      ...others,
      ...(left.length > 0 ? { managed_policies: left } : {}),
      ...(yes ? { accept_administrator: true } : {}),
    });
  }
  return [...changes, ...setDifferences(role, index, 'permissions', copies)];
}
