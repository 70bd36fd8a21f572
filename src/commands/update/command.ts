import { ProblemError } from '../../text/problem.ts';
import { shown } from '../../text/flaw.ts';
import { onlyArgument, parseArguments } from '../arguments.ts';
import { update, type UpdateOptions } from './update.ts';

interface Flags {
  readonly check?: boolean;
  readonly 'dry-run'?: boolean;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly 'access-diff'?: string;
  readonly refresh?: boolean;
  readonly 'ca-file'?: string;
}

/** `update`, from its arguments. */
export async function updateCli(args: readonly string[]): Promise<number> {
  const { flags, positionals } = parseArguments<Flags>(args, {
    check: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    yes: { type: 'boolean', short: 'y' },
    'access-diff': { type: 'string' },
    refresh: { type: 'boolean' },
    'ca-file': { type: 'string' },
  });
  const options: UpdateOptions = {
    directory: onlyArgument(positionals, 'folder') ?? '.',
    check: flags.check === true,
    dryRun: flags['dry-run'] === true,
    json: flags.json === true,
    yes: flags.yes === true,
    accessDiff: accessDiffFormat(flags['access-diff'] ?? 'text'),
  };
  if (flags.refresh !== true) return update(options);
  const { refreshed } = await import('./refresh.ts');
  return update(options, await refreshed(options, flags['ca-file']));
}

/** @throws {ProblemError} for a format that there is not */
export function accessDiffFormat(format: string): 'text' | 'markdown' {
  if (format === 'text' || format === 'markdown') return format;
  throw new ProblemError([
    { where: '--access-diff', what: `${shown(format)} is no format`, fix: 'Use text or markdown' },
  ]);
}
