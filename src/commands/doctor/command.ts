import { onlyArgument, parseArguments } from '../arguments.ts';
import { doctorCommand } from './doctor.ts';
import type { DoctorFlags } from '../../doctor/facts/gather.ts';
import { QUESTION_OPTIONS } from '../../doctor/facts/question.ts';

interface RunFlags {
  readonly format?: string;
  readonly json?: boolean;
  readonly error?: string;
  readonly debug?: boolean;
}

/** `doctor`, from its arguments. */
export async function doctorCli(args: readonly string[]): Promise<number> {
  const { flags, positionals } = parseArguments<DoctorFlags & RunFlags>(args, {
    ...QUESTION_OPTIONS,
    claims: { type: 'string' },
    'role-arn': { type: 'string' },
    role: { type: 'string' },
    'session-name': { type: 'string' },
    duration: { type: 'string' },
    issuer: { type: 'string' },
    'ca-file': { type: 'string' },
    'allow-private': { type: 'boolean' },
    live: { type: 'boolean' },
    try: { type: 'boolean' },
    error: { type: 'string' },
    format: { type: 'string' },
    json: { type: 'boolean' },
  });
  const { format, json, error, debug, ...told } = flags;
  return doctorCommand({
    input: onlyArgument(positionals, 'input'),
    format: json ? 'json' : (format ?? 'text'),
    error,
    flags: told,
  });
}
