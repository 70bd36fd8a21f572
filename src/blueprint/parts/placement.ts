import type { Blueprint, Entry, RoleBlueprint } from '../blueprint.ts';

/** The parts of a role in some accounts, and what is in each. */
export interface PlacedRole {
  /** Names of the accounts; `undefined` where all that have the role are the same. */
  readonly accounts: readonly string[] | undefined;
  /** By the number of the part: the project or group of {@link sourceKey} or, where one is divided, of {@link refKey}. */
  readonly parts: ReadonlyMap<number, readonly string[]>;
}

/** Which part of its role each project and group is in, and is to remain in. */
export interface Placement {
  /** By the name of the role, which is that of its first part. */
  readonly roles: ReadonlyMap<string, readonly PlacedRole[]>;
  /** Paths of projects by numeric id, where they are known: a project that was renamed keeps its part. */
  readonly paths: ReadonlyMap<number, string>;
}

export const NOTHING_PLACED: Placement = { roles: new Map(), paths: new Map() };

type PlacedGrant = Pick<Entry['grant'], 'kind' | 'path' | 'refs'>;

/** A project or group as a whole. */
export function sourceKey({ kind, path }: PlacedGrant): string {
  return kind === 'group' ? `${path}/*` : path;
}

/** One ref of a project or group. Neither a path nor the name of a ref holds a space. */
export function refKey(grant: PlacedGrant): string {
  const { type, name } = grant.refs[0] ?? { type: '', name: '' };
  return `${sourceKey(grant)} ${type} ${name}`;
}

/** The name of a part of a role: that of the role itself, or with its number. */
export function partName(role: string, number: number): string {
  return number === 1 ? role : `${role}-${number}`;
}

/** The part that a project or group is in, or one ref of it; `undefined` where that is not known. */
export type PartOf = (keyOf: typeof sourceKey, grant: Entry['grant']) => number | undefined;

/**
 * Where everything in a role of an account is.
 *
 * @param account `undefined` for an account without a name
 * @returns `undefined` where nothing is known of the role. A new account follows the version that most others have.
 */
export function placedRole(
  { roles }: Placement,
  role: string,
  account: string | undefined,
): PlacedRole | undefined {
  const versions = roles.get(role) ?? [];
  const own = versions.find(
    ({ accounts }) => !accounts || (account !== undefined && accounts.includes(account)),
  );
  const size = ({ accounts = [] }: PlacedRole) => accounts.length;
  return own ?? versions.toSorted((one, other) => size(other) - size(one))[0];
}

/** Looks things up in a placed role; the first part that names one has it. */
export function partOfIn({ parts }: PlacedRole, { paths }: Placement): PartOf {
  const found = new Map<string, number>();
  for (const [number, keys] of parts) {
    for (const key of keys) if (!found.has(key)) found.set(key, number);
  }
  return (keyOf, grant) => {
    const known = found.get(keyOf(grant));
    const earlier = grant.id === undefined ? undefined : paths.get(grant.id);
    return earlier === undefined ? known : (known ?? found.get(keyOf({ ...grant, path: earlier })));
  };
}

/** Whether a role has several parts, or another than the first, in some account. */
export function isDivided({ stacks }: Pick<Blueprint, 'stacks'>): boolean {
  return stacks.some(({ roles }) => roles.some(({ name, partOf }) => name !== partOf));
}

/** Which part everything in a blueprint is in. */
export function placementOf({ stacks }: Pick<Blueprint, 'stacks'>): Placement {
  const paths = new Map<number, string>();
  const versions = new Map<string, { role: string; parts: Parts; accounts: string[] }>();
  const having = new Map<string, number>();
  // Equal roles of many accounts share the lists that were decided once.
  const ids = new Map<readonly Entry[], number>();
  for (const { name, roles } of stacks) {
    for (const [role, own] of byRole(roles)) {
      const key = JSON.stringify([role, ...own.map((part) => [numberOf(part), idIn(ids, part)])]);
      const version = versions.get(key) ?? { role, parts: keysOf(own), accounts: [] };
      versions.set(key, version);
      if (name !== undefined) version.accounts.push(name);
      having.set(role, (having.get(role) ?? 0) + 1);
    }
  }
  for (const entries of ids.keys()) {
    for (const { grant } of entries) {
      if (grant.kind === 'project' && grant.id !== undefined) paths.set(grant.id, grant.path);
    }
  }
  const placed = new Map<string, PlacedRole[]>();
  for (const { role, parts, accounts } of versions.values()) {
    const isAll = accounts.length === 0 || accounts.length === having.get(role);
    const one = { parts, accounts: isAll ? undefined : accounts };
    placed.set(role, [...(placed.get(role) ?? []), one]);
  }
  return { roles: placed, paths };
}

type Parts = PlacedRole['parts'];

/** The parts of each role of an account, by the name of the role. */
export function byRole(roles: readonly RoleBlueprint[]): Map<string, RoleBlueprint[]> {
  const found = new Map<string, RoleBlueprint[]>();
  for (const role of roles) {
    const parts = found.get(role.partOf);
    if (parts) parts.push(role);
    else found.set(role.partOf, [role]);
  }
  return found;
}

function idIn(ids: Map<readonly Entry[], number>, { entries }: RoleBlueprint): number {
  const id = ids.get(entries) ?? ids.size;
  ids.set(entries, id);
  return id;
}

/** The number of a part, which stands in its name. */
export function numberOf({ name, partOf }: Pick<RoleBlueprint, 'name' | 'partOf'>): number {
  return name === partOf ? 1 : Number(name.slice(partOf.length + 1));
}

function keysOf(parts: readonly RoleBlueprint[]): Parts {
  const sources = parts.map(({ entries }) => new Set(entries.map(({ grant }) => sourceKey(grant))));
  const isDivided = (key: string) => sources.filter((keys) => keys.has(key)).length > 1;
  return new Map(
    parts.map((part) => {
      const keys = part.entries.map(({ grant }) => {
        const key = sourceKey(grant);
        return isDivided(key) ? refKey(grant) : key;
      });
      return [numberOf(part), [...new Set(keys)]];
    }),
  );
}
