import { parseArguments } from '../arguments.ts';
import { lintCommand } from './lint.ts';

interface Flags {
  readonly format?: string;
  readonly json?: boolean;
  readonly 'max-severity'?: string;
  readonly issuer?: string[];
}

/** `lint`, from its arguments. */
export async function lintCli(args: readonly string[]): Promise<number> {
  const { flags, positionals } = parseArguments<Flags>(args, {
    format: { type: 'string' },
    json: { type: 'boolean' },
    'max-severity': { type: 'string' },
    issuer: { type: 'string', multiple: true },
  });
  return lintCommand({
    inputs: positionals.length > 0 ? positionals : ['.'],
    format: flags.json ? 'json' : (flags.format ?? 'text'),
    maxSeverity: flags['max-severity'] ?? 'warning',
    issuers: flags.issuer ?? [],
  });
}
