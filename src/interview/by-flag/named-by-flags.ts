import { answersOfFlags } from '../../permissions/packs.ts';
import type { Problem } from '../../text/problem.ts';
import { pastedWord } from '../../text/shell-word.ts';
import { POLICY_ANSWERS, SHARED_ANSWERS, WHO_ANSWERS } from './flag-answers.ts';
import type { FlagValues } from '../flags.ts';

/** What there is to know beside the flags that were given. */
interface BesideFlags {
  /** Whether nothing but flags answers: then a missing answer is named by its flag, too. */
  readonly alone: boolean;
  /** What `--account` answers, where that is not which accounts there are. */
  readonly accountsAt?: string;
  /** Whether flags answer for the role at an index. */
  readonly isOwnRole: (index: number) => boolean;
  /** Whether the command has a flag, so that a way out may name it. */
  readonly has: (flag: string) => boolean;
  /** Whether a file has an answer at a place. */
  readonly isInFile: (where: string) => boolean;
  /** Names an answer that no flag gave. */
  readonly otherwise: (problem: Problem) => Problem;
}

/** A flag, and the path of what it answers; below `role` where that is a role's. */
type FlagPlace = readonly [flag: keyof FlagValues, path: string];

/** Names problems of answers as a person who gave flags knows them: `--branch 'a b'`. */
export function namedByFlags(
  flags: FlagValues,
  { alone, accountsAt, isOwnRole, has, isInFile, otherwise }: BesideFlags,
): (problem: Problem) => Problem {
  const all = placesOf(flags, accountsAt);
  const given = all.filter(([flag]) => flags[flag] !== undefined);
  const places = all.filter(([flag]) => has(flag));
  const nameOf = (where: string) => {
    const [, index, inRole = ''] = /^roles\[(\d+)\]\.(.+)$/.exec(where) ?? [];
    if (index !== undefined && !isOwnRole(Number(index))) return undefined;
    const path = index === undefined ? where : `role.${inRole}`;
    const words = above(path, given).map(([flag, at]) =>
      written(flag, flags[flag], path.slice(at.length)),
    );
    const word = words.find(({ isWhole }) => isWhole) ?? words[0];
    // The one answer that a command takes as a word of its own.
    if (word) return word.text.replace(/^--role-name(?= )/, has('role-name') ? '$&' : 'role');
    const [missing] = alone ? above(path, places) : [];
    if (missing) return `--${missing[0]}`;
    // The plan role of a pair has other answers of a pack than its flags.
    const [pack] = /^role\.permissions\.[a-z_0-9]+(?=\.)/.exec(path) ?? [path];
    const below = isInFile(where) ? [] : given.filter(([, at]) => at.startsWith(`${pack}.`));
    return below.map(([flag]) => written(flag, flags[flag], '').text).join(', ') || undefined;
  };
  return (problem) => {
    const name = nameOf(problem.where);
    if (name === undefined) return otherwise(problem);
    return { where: name, what: problem.what, fix: fixFor(problem, has) };
  };
}

/** The way out for a person who gave flags, as far as the command has those that it names. */
export function fixFor({ fix, flagFix = fix }: Problem, has: (flag: string) => boolean): string {
  const named = Array.from(flagFix.matchAll(/--([a-z-]+)/g), ([, flag = '']) => flag);
  return named.every(has) ? flagFix : fix;
}

/** Where the flags answer, those of packs as far as they are given. */
export function placesOf(flags: FlagValues, accountsAt = 'accounts'): FlagPlace[] {
  const ofPacks = (Object.keys(flags) as (keyof FlagValues)[]).flatMap((flag) =>
    Object.entries(answersOfFlags({ [flag]: flags[flag] }))
      .filter(([, value]) => value !== undefined)
      .map(([path]): FlagPlace => [flag, `role.permissions.${path}`]),
  );
  return [
    ['account', accountsAt],
    ['accounts-from', 'accounts'],
    ...SHARED_ANSWERS.map(({ flag, path }): FlagPlace => [flag, path]),
    ...[...WHO_ANSWERS, ...POLICY_ANSWERS].map(({ flag, path }): FlagPlace => [
      flag,
      `role.${path}`,
    ]),
    ...ofPacks,
  ];
}

/** The places that hold a path, none but the deepest. */
function above(path: string, places: readonly FlagPlace[]): FlagPlace[] {
  const all = places.filter(
    ([, at]) => path.startsWith(at) && /^([.[]|$)/.test(path.slice(at.length)),
  );
  const deepest = Math.max(...all.map(([, at]) => at.length));
  return all.filter(([, at]) => at.length === deepest);
}

/** So much of a value is easy to find again in a command. */
const SHORT = 80;

/** @param rest of the path, behind what the flag answers */
function written(
  flag: string,
  value: string | boolean | readonly string[] | undefined,
  rest: string,
): { text: string; isWhole: boolean } {
  if (typeof value === 'boolean') return { text: `--${value ? '' : 'no-'}${flag}`, isWhole: true };
  const index = /^\[(\d+)\]/.exec(rest)?.[1];
  const one = typeof value === 'object' ? value[value.length === 1 ? 0 : Number(index)] : value;
  if (one === undefined || one.length > SHORT) return { text: `--${flag}`, isWhole: false };
  const word = pastedWord(one);
  return { text: `--${flag}${word.startsWith('-') ? '=' : ' '}${word}`, isWhole: true };
}
