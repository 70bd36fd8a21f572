import { flagOptions, type FlagValues } from '../../interview/flags.ts';
import { onlyArgument, parseArguments } from '../arguments.ts';
import { create } from './create.ts';

interface RunFlags {
  readonly config?: string;
  readonly yes?: boolean;
  readonly 'dry-run'?: boolean;
  readonly json?: boolean;
  readonly debug?: boolean;
  readonly 'ca-file'?: string;
}

/** `create`, from its arguments. */
export async function createCli(args: readonly string[]): Promise<number> {
  const { flags, positionals } = parseArguments<FlagValues & RunFlags>(args, {
    ...flagOptions(),
    config: { type: 'string' },
    yes: { type: 'boolean', short: 'y' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    'ca-file': { type: 'string' },
  });
  const { config, yes, 'dry-run': dryRun, json, debug, 'ca-file': caFile, ...answers } = flags;
  return create({
    directory: onlyArgument(positionals, 'folder'),
    flags: answers,
    config,
    yes: yes === true,
    dryRun: dryRun === true,
    json: json === true,
    caFile,
  });
}
