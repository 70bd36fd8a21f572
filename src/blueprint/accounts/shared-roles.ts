import type { AccountAnswers } from '../../answers/accounts.ts';
import type { Answers, Role } from '../../answers/schema.ts';
import type { PackContext } from '../../permissions/pack.ts';
import { givenPacks } from '../../permissions/packs.ts';
import {
  accountText,
  accountValuesIn,
  anyContext,
  inAccountTexts,
  type AccountValue,
} from './account-text.ts';
import type { RoleBlueprint, SharedRole, SharedRoles, Stack } from '../blueprint.ts';
import { byRole } from '../parts/placement.ts';
import { decidedPermissions, inlinePoliciesIn } from '../permissions.ts';

/** A role of the answers in the accounts that have it as it is written. */
interface WrittenRole {
  readonly parts: readonly Omit<SharedRole, 'isEverywhere'>[];
  readonly accounts: Set<number>;
}

/**
 * Decides which roles are written once. These are the roles that more than one account has, without the accounts for
 * which the role names differences, even if these come to the same: so an edit of a difference changes the files of
 * its account alone.
 *
 * @param stacks what each account gets, in the order of the accounts
 */
export function sharedRolesOf(
  answers: Answers,
  accounts: readonly AccountAnswers[],
  stacks: readonly Stack[],
): { readonly shared: SharedRoles; readonly labels: readonly ReadonlySet<string>[] } {
  const labels = accounts.map(() => new Set<string>());
  const versions = versionsOf(answers, accounts, stacks);
  const roles = versions.flatMap(({ parts, accounts: having }) => {
    for (const index of having) for (const { label } of parts) labels[index]?.add(label);
    const isEverywhere = having.size === accounts.length;
    return parts.map((part) => ({ ...part, isEverywhere }));
  });
  return { shared: { roles, takes: takenBy(roles, stacks) }, labels };
}

/** The version of each role that most accounts have: the quotas of some may split it otherwise. */
function versionsOf(
  answers: Answers,
  accounts: readonly AccountAnswers[],
  stacks: readonly Stack[],
): WrittenRole[] {
  const [partition, ...others] = new Set(stacks.map(({ aws }) => aws.partition));
  const common = others.length === 0 ? partition : undefined;
  const versionsOfRole = answers.roles.map(() => new Map<string, WrittenRole>());
  const users = answers.roles.map(() => 0);
  const versionsWith = {
    id: new Map<unknown, WrittenRole>(),
    noId: new Map<unknown, WrittenRole>(),
  };
  accounts.forEach(({ places }, account) => {
    const stack = stacks[account];
    if (!stack) return;
    const byName = byRole(stack.roles);
    const hasId = stack.aws.accountId !== undefined;
    const known = hasId ? versionsWith.id : versionsWith.noId;
    for (const { index, replaced } of places) {
      users[index] = (users[index] ?? 0) + 1;
      const role = answers.roles[index];
      if (!role || replaced.length > 0) continue;
      const own = byName.get(role.name) ?? [];
      // Equal roles of many accounts share the lists that were decided once; the rest follows from the role as it is written.
      const decided = own[0]?.entries ?? role;
      let version = known.get(decided);
      if (version === undefined) {
        const any = anyContext(hasId, common);
        const parts = own.map((part) => asWritten(role, part, any));
        const key = JSON.stringify(parts);
        version = versionsOfRole[index]?.get(key) ?? { parts, accounts: new Set() };
        versionsOfRole[index]?.set(key, version);
        known.set(decided, version);
      }
      version.accounts.add(account);
    }
  });
  return versionsOfRole.flatMap((versions, index) => {
    if ((users[index] ?? 0) < 2) return [];
    const [first, ...rest] = versions.values();
    if (!first) return [];
    return [
      rest.reduce((most, one) => (one.accounts.size > most.accounts.size ? one : most), first),
    ];
  });
}

/** A part of a role without what an account gives to it. */
function asWritten(
  role: Role,
  { job, ...part }: RoleBlueprint,
  any: PackContext,
): Omit<SharedRole, 'isEverywhere'> {
  const decided = decidedPermissions(role.permissions, part.label, any.partition);
  const packs = givenPacks(role.permissions).length;
  return {
    ...part,
    tags: role.tags ?? {},
    permissionsBoundary: role.permissions_boundary,
    permissions: decided.words,
    managedPolicies: decided.managedPolicies.map(({ label, arn }) => ({
      label,
      arn: accountText(arn),
    })),
    // The policies of packs come first; the others are as the answers give them.
    inlinePolicies: inlinePoliciesIn(decided, any).map((policy, index) =>
      index < packs ? { ...policy, document: inAccountTexts(policy.document) } : policy,
    ),
  };
}

function takenBy(roles: readonly SharedRole[], stacks: readonly Stack[]): SharedRoles['takes'] {
  const values = new Set<AccountValue>(
    roles.flatMap(({ managedPolicies, inlinePolicies }) => [
      ...managedPolicies.flatMap(({ arn }) => accountValuesIn(arn)),
      ...inlinePolicies.flatMap(({ document }) => accountValuesIn(document)),
    ]),
  );
  return {
    accountId: values.has('accountId'),
    region: values.has('region'),
    partition: values.has('partition'),
    tags: stacks.some(({ defaults }) => Object.keys(defaults.tags).length > 0),
    permissionsBoundary: stacks.some(({ defaults }) => defaults.permissionsBoundary !== undefined),
  };
}
