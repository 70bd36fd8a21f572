import type { RoleKey } from '../access/role-context.ts';
import { ANY_ACCOUNT } from '../iam/arn.ts';

/** A role of two inputs; one side is missing where the role is new or gone. */
export interface RolePair<Role> {
  readonly before: Role | undefined;
  readonly after: Role | undefined;
}

interface Keyed {
  readonly key: RoleKey;
  /** False for a policy that came without its role. */
  readonly isNamed?: boolean;
}

/**
 * The roles in the order of the later input, then those that are gone. Roles are the same by account and name, for which
 * AWS does not regard the case of letters; by name alone where one input does not know the account and the name is there
 * once; and, where each input holds one role, also where one of them does not know its name.
 */
export function pairRoles<Role extends Keyed>(
  before: readonly Role[],
  after: readonly Role[],
): RolePair<Role>[] {
  const left = new Set(before);
  const pairs = new Map<Role, Role>();
  for (const match of [exactly, withoutAccount, only]) {
    const found = match(
      [...left],
      after.filter((role) => !pairs.has(role)),
    );
    for (const [had, has] of found) {
      if (left.delete(had)) pairs.set(has, had);
    }
  }
  return [
    ...after.map((role) => ({ before: pairs.get(role), after: role })),
    ...[...left].map((role) => ({ before: role, after: undefined })),
  ];
}

type FoundPairs<Role> = [before: Role, after: Role][];

function exactly<Role extends Keyed>(
  before: readonly Role[],
  after: readonly Role[],
): FoundPairs<Role> {
  const textOf = ({ key }: Role) => `${key.account}/${key.name.toLowerCase()}`;
  const earlier = new Map(before.map((role) => [textOf(role), role]));
  return after.flatMap((has): FoundPairs<Role> => {
    const had = earlier.get(textOf(has));
    return had === undefined ? [] : [[had, has]];
  });
}

function withoutAccount<Role extends Keyed>(
  before: readonly Role[],
  after: readonly Role[],
): FoundPairs<Role> {
  const [earlier, later] = [byName(before), byName(after)];
  return [...later].flatMap(([name, [has, ...others]]): FoundPairs<Role> => {
    const [had, ...more] = earlier.get(name) ?? [];
    if (had === undefined || has === undefined || others.length + more.length > 0) return [];
    const isOpen = [had, has].some(({ key }) => key.account === ANY_ACCOUNT);
    return isOpen ? [[had, has]] : [];
  });
}

function byName<Role extends Keyed>(roles: readonly Role[]): Map<string, Role[]> {
  const found = new Map<string, Role[]>();
  for (const role of roles) {
    const name = role.key.name.toLowerCase();
    found.set(name, [...(found.get(name) ?? []), role]);
  }
  return found;
}

function only<Role extends Keyed>(
  before: readonly Role[],
  after: readonly Role[],
): FoundPairs<Role> {
  const [[had, ...more], [has, ...others]] = [before, after];
  if (had === undefined || has === undefined || more.length + others.length > 0) return [];
  return had.isNamed === false || has.isNamed === false ? [[had, has]] : [];
}
