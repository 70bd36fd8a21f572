import * as v from 'valibot';
import type { Draft } from '../../answers/read.ts';
import type { ReadFile } from '../../terminal/read-flag-file.ts';
import { shown } from '../../text/flaw.ts';
import { readExactJson } from '../../text/json-text.ts';
import { ProblemError } from '../../text/problem.ts';
import type { FlagValues } from '../flags.ts';
import { readAccountId } from './numbers.ts';

/** The longest name that an account can have here. */
const MOST_IN_NAME = 32;

const Listed = v.object({
  Id: v.pipe(v.string(), v.regex(/^\d{12}$/)),
  Name: v.string(),
  Status: v.optional(v.string()),
  State: v.optional(v.string()),
});

/** What `aws organizations list-accounts` prints, or the list in it. */
const Listing = v.union([v.object({ Accounts: v.array(Listed) }), v.array(Listed)]);

/**
 * The accounts that flags name.
 *
 * @throws {ProblemError} for a file that lists no accounts
 */
export function accountsOfFlags(
  { account, 'accounts-from': file }: FlagValues,
  readFile: ReadFile,
): Draft[] | undefined {
  if (account === undefined && file === undefined) return undefined;
  return [
    ...(account ?? []).map(accountOfFlag),
    ...(file === undefined ? [] : accountsIn(readFile(file, '--accounts-from'), file)),
  ];
}

/** `prod=123456789012`, or a name alone. */
function accountOfFlag(text: string): Draft {
  const at = text.indexOf('=');
  if (at < 0) return { name: text };
  return { name: text.slice(0, at), id: readAccountId(text.slice(at + 1)) };
}

function accountsIn(text: string, file: string): Draft[] {
  const read = readExactJson(text);
  const result = v.safeParse(Listing, 'json' in read ? read.json : undefined);
  const listed = result.success
    ? 'Accounts' in result.output
      ? result.output.Accounts
      : result.output
    : [];
  const active = listed.filter(({ Status, State }) => (State ?? Status ?? 'ACTIVE') === 'ACTIVE');
  if (active.length > 0) return active.map(({ Id, Name }) => ({ name: nameFor(Name, Id), id: Id }));
  throw new ProblemError([
    {
      where: '--accounts-from',
      what: `${shown(file)} lists no active accounts`,
      fix: 'Give what aws organizations list-accounts prints',
    },
  ]);
}

/** The name in the letters that folders and jobs can have; the ID where none of them remain. */
function nameFor(name: string, id: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_IN_NAME)
    .replace(/^-|-$/g, '');
  return plain === '' ? id : plain;
}
