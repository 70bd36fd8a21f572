import type { Draft } from '../answers/read.ts';
import type { ReadFile } from '../terminal/read-flag-file.ts';
import { applyRoleFlags } from './apply-flags.ts';
import { askRoles } from './ask-roles.ts';
import { AbsentPerson } from './asker.ts';
import { instanceOf, isDraft } from './draft.ts';
import type { FlagValues } from './flags.ts';
import { withPastedProjects } from './pasted-projects.ts';

/**
 * A role from flags alone, for existing answers.
 *
 * @param takeDefaults whether to take the default of what is not given
 * @throws {ProblemError} naming the flag of each answer that is missing
 */
export async function newRole(
  answers: Draft,
  flags: FlagValues,
  readFile: ReadFile,
  takeDefaults: boolean,
): Promise<Draft> {
  const given = applyRoleFlags({}, withPastedProjects(flags, instanceOf(answers)), readFile);
  const absent = new AbsentPerson(takeDefaults);
  const roles = await askRoles({ ...answers, roles: [given] }, { preset: 'role' }, absent, true);
  absent.done();
  const role: unknown = Array.isArray(roles) ? roles[0] : undefined;
  return isDraft(role) ? role : given;
}
