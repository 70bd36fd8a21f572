import { shown } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';
import { CA_FILE_FLAG, command, JSON_FLAG, YES_FLAG } from '../record.ts';
import type { UpdateOptions } from './update.ts';

export const updateCommand = command({
  name: 'update',
  summary: 'bring a generated repository in line with its answers',
  about: `Brings a generated repository in line with its gitlab-aws-oidc.yaml. Your edits in other files are kept: what was generated last, what is there and what would be generated are merged as git does it.`,
  usage: ['update [folder] [flags]'],
  examples: [
    { line: 'update', does: 'shows who gains and who loses access, asks, and writes' },
    {
      line: 'update --check',
      does: 'for a pipeline: writes nothing, fails with a diff where answers and repository differ',
    },
    {
      line: 'update --dry-run --access-diff markdown',
      does: 'what changes in access, as a note for a merge request',
    },
  ],
  arguments: [{ name: 'folder' }],
  flags: {
    refresh: {
      help: 'ask GitLab first (token in GITLAB_TOKEN): moved projects, ids, subjects, protection',
    },
    'refresh-accounts': {
      help: 'ask AWS Organizations first, as accounts_from says: adds new accounts, reports those that are gone',
    },
    'ca-file': CA_FILE_FLAG,
    check: {
      help: 'write nothing; exit 1 for a difference, or for an edit by hand that changes access and is not in accepted_edits',
    },
    'dry-run': { help: 'write nothing, show what would change' },
    'access-diff': { value: 'KIND', help: 'text, or markdown on its own', default: 'text' },
    yes: YES_FLAG,
    json: JSON_FLAG,
  },
  notes: 'The folder is a generated repository; the default is the current folder.',
  exits: { 0: 'done', 1: 'conflicts to resolve, a difference found by --check, or you declined' },
  run: async (flags, [directory = '.']) => {
    const options: UpdateOptions = {
      directory,
      check: flags.check === true,
      dryRun: flags['dry-run'] === true,
      json: flags.json === true,
      yes: flags.yes === true,
      accessDiff: accessDiffFormat(flags['access-diff'] ?? 'text'),
    };
    const { update } = await import('./update.ts');
    const edits = [
      ...(flags.refresh === true
        ? [await (await import('./refresh.ts')).refreshed(options, flags['ca-file'])]
        : []),
      ...(flags['refresh-accounts'] === true
        ? [await (await import('./refresh-accounts.ts')).refreshedAccounts(options)]
        : []),
    ];
    return update(options, (text) => edits.reduce((now, edit) => edit(now), text));
  },
});

/** @throws {ProblemError} for a format that there is not */
function accessDiffFormat(format: string): 'text' | 'markdown' {
  if (format === 'text' || format === 'markdown') return format;
  throw new ProblemError([
    {
      where: '--access-diff',
      what: `${shown(format)} is not a format`,
      fix: 'Use text or markdown',
    },
  ]);
}
