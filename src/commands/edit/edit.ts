import { editAnswers } from '../../answers/edit/edit-answers.ts';
import type { Edit } from '../../answers/edit/edit.ts';
import { named } from '../../answers/located.ts';
import { migrateAnswers } from '../../answers/migrate.ts';
import { completeAnswers, readAnswersText, type Draft } from '../../answers/read.ts';
import { ANSWERS_FILE } from '../../answers/file-names.ts';
import { blueprintOf } from '../../blueprint/build.ts';
import { pathAndId } from '../../interview/by-flag/flag-answers.ts';
import { accountOfFlag } from '../../interview/accounts/accounts-of-flags.ts';
import type { FlagValues } from '../../interview/flags.ts';
import { instanceOf } from '../../interview/draft.ts';
import { newRole } from '../../interview/new-role.ts';
import { withPastedProjects } from '../../interview/pasted-projects.ts';
import { ProblemError } from '../../text/problem.ts';
import type { ArgumentValues, ArgumentValuesOf } from '../record.ts';
import { namedByEdit } from './named-by-edit.ts';
import { EDIT_KINDS, type EDIT_FLAGS, type TargetFlags } from './flags.ts';
import { readFlagFile } from '../../terminal/read-flag-file.ts';
import { repositoryRoot } from '../../repository/prepare-update.ts';
import { readCurrentFile } from '../../workspace/current-files.ts';
import { update } from '../update/update.ts';

type RunFlags = ArgumentValuesOf<typeof EDIT_FLAGS>;

/** `add` and `remove`: an edit of the answers, then an update. @throws {ProblemError} for an edit that will not do */
export async function editRepository(
  verb: Edit['verb'],
  values: ArgumentValues,
  [word, name]: readonly string[],
): Promise<number> {
  const kind = EDIT_KINDS.find((one) => one === word);
  if (kind === undefined || name === undefined) {
    throw usage(
      `${verb} ${word ?? ''}`,
      'its name is missing',
      `Give it: ${verb} ${word ?? ''} NAME`,
    );
  }
  const flags = values as RunFlags;
  const directory = flags.dir ?? '.';
  const answers = () => answersIn(directory);
  const edit =
    verb === 'add' && kind === 'role'
      ? await roleEdit(name, values, answers())
      : editOf(verb, kind, name, kind === 'project' ? pasted(name, values, answers) : values);
  return update(
    {
      directory,
      check: false,
      dryRun: flags['dry-run'] === true,
      json: flags.json === true,
      yes: flags.yes === true,
      accessDiff: 'text',
    },
    (answers) => edited(answers, edit, name, values),
  );
}

/**
 * The text after an edit.
 *
 * @param name of what is added or removed
 * @throws {ProblemError} for an edit that will not do
 */
function edited(text: string, edit: Edit, name: string, flags: FlagValues): string {
  const after = editAnswers(text, edit);
  const { draft } = readAnswersText(after, ANSWERS_FILE);
  const before = readAnswersText(text, ANSWERS_FILE);
  named(namedByEdit(edit.kind, name, flags, before, draft), () =>
    blueprintOf(completeAnswers(draft)),
  );
  return after;
}

function editOf(
  verb: Edit['verb'],
  kind: Edit['kind'],
  name: string,
  {
    role: given,
    project,
    branch,
    tag,
    account: accounts,
    'accept-administrator': acceptAdministrator,
  }: TargetFlags,
): Edit {
  const roles = [given ?? []].flat();
  const [role] = roles;
  switch (kind) {
    case 'project': {
      const named = pathAndId(project ?? name, name);
      return verb === 'add'
        ? { verb, kind, ...named, role, branches: branch ?? [], tags: tag ?? [], accounts }
        : { verb, kind, path: named.path, role, accounts };
    }
    case 'branch':
    case 'tag':
      return { verb, kind, name, project, role, accounts };
    case 'policy':
      return { verb, kind, policy: name, role, acceptAdministrator, accounts };
    case 'account':
      return { verb, kind, ...accountNamed(name, verb), roles };
    case 'role':
      return { verb: 'remove', kind, name, accounts };
  }
}

/** The flags with the project that is named, whose address may be pasted: then its branch or tag is meant too. */
function pasted(name: string, flags: TargetFlags, answers: () => Draft): TargetFlags {
  const isAddress = /^https?:/i.test(name);
  if (!isAddress) return { ...flags, project: name };
  const { project, ...rest } = withPastedProjects(
    { ...flags, project: [name] },
    instanceOf(answers()),
  );
  return { ...flags, ...rest, project: project?.[0] ?? name };
}

function answersIn(directory: string): Draft {
  const text = readCurrentFile(repositoryRoot(directory), ANSWERS_FILE)?.text ?? '';
  return readAnswersText(migrateAnswers(text), ANSWERS_FILE).draft;
}

/** `prod=123456789012` where an account is added; its name where it is removed. */
function accountNamed(text: string, verb: Edit['verb']): { name: string; id?: string } {
  return verb === 'add' ? accountOfFlag(text, 'add account') : { name: text };
}

async function roleEdit(
  name: string,
  {
    dir,
    'dry-run': dryRun,
    json,
    yes,
    debug,
    ...flags
  }: FlagValues & RunFlags & { debug?: boolean },
  answers: Draft,
): Promise<Edit> {
  const given = { ...flags, 'role-name': name };
  const role = await newRole(answers, given, readFlagFile, yes === true);
  const { account: accounts } = flags;
  return { verb: 'add', kind: 'role', role: accounts ? { ...role, accounts } : role };
}

function usage(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
