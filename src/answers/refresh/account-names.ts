import { checkAccountName } from '../check/accounts.ts';

/** An account of an organization, by its ID and the name that people gave it. */
export interface FoundAccount {
  readonly id: string;
  readonly name: string;
}

/** The longest name that an account can have here. */
const MOST_IN_NAME = 32;

/**
 * Names of accounts in the letters that folders and jobs can have, one for each account, in order. Where that is not a name, or
 * several would have it, the ID is part of it.
 *
 * @param taken names that others have already
 */
export function accountNames(
  found: readonly FoundAccount[],
  taken: readonly string[] = [],
): string[] {
  const plain = found.map(({ name }) => plainName(name));
  const times = new Map<string, number>();
  for (const name of [...plain, ...new Set(taken)]) times.set(name, (times.get(name) ?? 0) + 1);
  const used = new Set([...taken, ...plain]);
  return found.map(({ id }, index) => {
    const name = plain[index] ?? '';
    if (times.get(name) === 1 && !checkAccountName(name)) return name;
    const stem = cut(name, MOST_IN_NAME - id.length - 1);
    const candidates = [stem === '' ? id : `${stem}-${id}`, ...numbered(id)];
    const free = candidates.find((one) => !used.has(one)) ?? id;
    used.add(free);
    return free;
  });
}

/** `Shop (Prod)` as `shop-prod`; empty where nothing remains. */
export function plainName(name: string): string {
  return cut(name.toLowerCase().replace(/[^a-z0-9]+/g, '-'), MOST_IN_NAME);
}

function cut(text: string, most: number): string {
  return text.replace(/^-/, '').slice(0, most).replace(/-$/, '');
}

/** For an ID that is, strangely, the name of other accounts. */
function numbered(id: string): string[] {
  return Array.from({ length: 1000 }, (_, at) => (at === 0 ? id : `${id}-${at + 1}`));
}
