import { isDeepStrictEqual } from 'node:util';
import type { Edit } from '../../answers/edit/edit.ts';
import type { AnswersFile, Draft } from '../../answers/complete.ts';
import type { FlagValues } from '../../interview/flags.ts';
import { fixFor, namedByFlags } from '../../interview/by-flag/named-by-flags.ts';
import type { Problem } from '../../text/problem.ts';
import { pastedWord } from '../../text/shell-word.ts';
import { roleFlags } from '../create/answer-flags.ts';
import { ACCOUNT_OF_ROLE, ADD_FLAGS } from './flags.ts';

/**
 * Names problems that an edit would make: by the flag or the edit that brings them, or by the line of what was there before.
 *
 * @param name what the edit was asked to add or remove
 * @param flags of a role that is added
 */
export function namedByEdit(
  kind: Edit['kind'],
  name: string,
  flags: FlagValues,
  before: AnswersFile,
  after: Draft,
): (problem: Problem) => Problem {
  const has = (flag: string) =>
    flag in (kind === 'role' ? { ...ACCOUNT_OF_ROLE, ...roleFlags() } : ADD_FLAGS[kind]);
  // What is missing was there no more than now.
  const isInFile = (where: string) => {
    const [one, other] = [valueAt(before.draft, where), valueAt(after, where)];
    const above = where.replace(/\.\w+$/, '');
    return one === undefined && other === undefined
      ? above !== where && valueAt(before.draft, above) !== undefined
      : isDeepStrictEqual(one, other);
  };
  const byEdit = (problem: Problem): Problem => {
    const { where, what, fix } = problem;
    return isInFile(where)
      ? { where: before.locate(where), what, fix }
      : { where: `${kind} ${pastedWord(name)}`, what, fix: fixFor(problem, has) };
  };
  if (kind !== 'role') return byEdit;
  return namedByFlags(
    { ...flags, 'role-name': name },
    {
      alone: true,
      accountsAt: 'role.accounts',
      isOwnRole: (index) => !isInFile(`roles[${index}]`),
      has,
      isInFile,
      otherwise: byEdit,
    },
  );
}

function valueAt(draft: Draft, where: string): unknown {
  return [...where.matchAll(/[^.[\]]+/g)].reduce<unknown>(
    (node, [key]) => (typeof node === 'object' && node !== null ? (node as Draft)[key] : undefined),
    draft,
  );
}
