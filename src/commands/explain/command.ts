import { parseArguments } from '../arguments.ts';
import { explainCommand } from './explain.ts';
import { QUESTION_OPTIONS, type QuestionFlags } from '../../doctor/facts/question.ts';

interface RunFlags {
  readonly format?: string;
  readonly json?: boolean;
  readonly issuer?: string;
  readonly role?: string;
  readonly debug?: boolean;
}

/** `explain`, from its arguments. */
export async function explainCli(args: readonly string[]): Promise<number> {
  const { flags, positionals } = parseArguments<QuestionFlags & RunFlags>(args, {
    ...QUESTION_OPTIONS,
    format: { type: 'string' },
    json: { type: 'boolean' },
    issuer: { type: 'string' },
    role: { type: 'string' },
  });
  const { format, json, issuer, role, debug, ...question } = flags;
  return explainCommand({
    inputs: positionals.length > 0 ? positionals : ['.'],
    format: json ? 'json' : (format ?? 'text'),
    flags: question,
    issuer,
    role,
  });
}
