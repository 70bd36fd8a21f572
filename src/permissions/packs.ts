import * as v from 'valibot';
import { PACKS } from './index.ts';
import type { Pack, PackFlag, ValuesOf } from './pack.ts';

type Packs = typeof PACKS;

/** The packs without their options' types, for code that treats all alike. */
const ALL: Readonly<Record<string, Pack>> = PACKS;

/** Each pack under the key that it has in the answers. */
const ENTRIES: readonly (readonly [key: string, pack: Pack])[] = Object.entries(ALL);

/** The flags of all packs, by name. */
export const PACK_FLAGS: Readonly<Record<string, PackFlag>> = Object.fromEntries(
  ENTRIES.flatMap(([, { flags }]) => Object.entries(flags)),
);

type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** What a person gave for the flags of any pack. */
export type PackFlagValues = Intersection<
  { [K in keyof Packs]: ValuesOf<Packs[K]['flags']> }[keyof Packs]
>;

/** What the flags answer, by path below `permissions`. @throws {ProblemError} for a value without the form it needs */
export function answersOfFlags(flags: PackFlagValues): Readonly<Record<string, unknown>> {
  return Object.fromEntries(ENTRIES.flatMap(([, pack]) => Object.entries(pack.answersOf(flags))));
}

type PackSchemas = { [K in keyof Packs]: v.OptionalSchema<Packs[K]['schema'], undefined> };

/** The packs' part of the schema of `permissions`; each may be absent. */
export const PACK_SCHEMAS = Object.fromEntries(
  ENTRIES.map(([key, { schema }]) => [key, v.optional(schema)]),
) as PackSchemas;

/** A pack with the options that the answers give it. */
interface GivenPack {
  readonly key: string;
  readonly pack: Pack;
  readonly options: unknown;
}

/** The packs that permissions of the right shape name, in the order of the index. */
export function givenPacks(permissions: Readonly<Record<string, unknown>>): GivenPack[] {
  return ENTRIES.map(([key, pack]) => ({ key, pack, options: permissions[key] })).filter(
    ({ options }) => options !== undefined,
  );
}
