import type { Blueprint, RoleBlueprint, Stack } from '../blueprint.ts';

/** A role with the accounts in which it admits the same jobs and may do the same. */
export interface RoleInAccounts {
  readonly role: RoleBlueprint;
  readonly stacks: readonly [Stack, ...Stack[]];
  /** Which accounts these are; `undefined` where there is one account without a name. */
  readonly accounts: string | undefined;
}

/** So many accounts are named. */
const NAMED = 3;

/** Each role once for all accounts in which it is the same for a reader; what differs of a role follows it. */
export function rolesOfAccounts({ stacks }: Pick<Blueprint, 'stacks'>): readonly RoleInAccounts[] {
  const roles = known.get(stacks) ?? rolesOfStacks(stacks);
  known.set(stacks, roles);
  return roles;
}

/** Several pages ask for the same. */
const known = new WeakMap<Blueprint['stacks'], readonly RoleInAccounts[]>();

function rolesOfStacks(stacks: Blueprint['stacks']): RoleInAccounts[] {
  const [only, ...others] = stacks;
  // In one account, no two roles have the same name.
  if (others.length === 0 && only.name === undefined)
    return only.roles.map((role) => ({ role, stacks: [only], accounts: undefined }));
  const found = new Map<string, { role: RoleBlueprint; stacks: [Stack, ...Stack[]] }>();
  const contents = new WeakMap<object, string>();
  for (const stack of stacks) {
    for (const role of stack.roles) {
      // Equal roles of many accounts share the list that was decided once.
      const grants = contents.get(role.grants) ?? JSON.stringify(role.grants);
      contents.set(role.grants, grants);
      const key = JSON.stringify([role.name, role.path, grants, role.permissions]);
      const same = found.get(key);
      if (same) same.stacks.push(stack);
      else found.set(key, { role, stacks: [stack] });
    }
  }
  const all = stacks.flatMap(({ name }) => name ?? []);
  const names = [...new Set([...found.values()].map(({ role }) => role.name))];
  const place = new Map(names.map((name, index) => [name, index]));
  return [...found.values()]
    .sort((a, b) => (place.get(a.role.name) ?? 0) - (place.get(b.role.name) ?? 0))
    .map(({ role, stacks: having }) => ({
      role,
      stacks: having,
      accounts: all.length === 0 ? undefined : accountsInWords(having, all),
    }));
}

/** Such as `every account`, `dev and prod`, `every account except prod`, or `37 accounts`. */
export function accountsInWords(
  having: readonly Pick<Stack, 'name'>[],
  all: readonly string[],
): string {
  const names = having.flatMap(({ name }) => name ?? []);
  if (names.length === all.length && names.length > 1) return 'every account';
  if (names.length <= NAMED) return listed(names);
  const others = all.filter((name) => !names.includes(name));
  return others.length <= NAMED
    ? `every account except ${listed(others)}`
    : `${names.length} accounts`;
}

function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
