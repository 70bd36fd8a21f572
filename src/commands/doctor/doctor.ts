import { printTo } from '../../terminal/output.ts';
import { text as textOf } from 'node:stream/consumers';
import { diagnose } from '../../doctor/diagnose.ts';
import { causesOf } from '../../doctor/causes.ts';
import { messageIn } from '../../iam/messages/catalog.ts';
import { EXAMPLE_SETUP } from '../../iam/messages/message.ts';
import { settingsToMake } from '../../doctor/fixes/settings-to-make.ts';
import { wholeToken } from '../../doctor/facts/token-facts.ts';
import { ProblemError } from '../../text/problem.ts';
import { factsOf, type DoctorFlags } from '../../doctor/facts/gather.ts';
import { writerOf } from './formats.ts';
import type { Report } from './report.ts';
import { without } from '../../terminal/secrets.ts';

export interface DoctorOptions {
  readonly input: string | undefined;
  readonly format: string;
  /** A message to explain; `-` reads it from standard input. */
  readonly error: string | undefined;
  readonly flags: DoctorFlags;
}

/**
 * Finds out why AWS rejects a token, and prints the cause, the fix and every check.
 *
 * @returns the exit code: 0 where nothing is wrong, 1 where a cause was found
 * @throws {ProblemError} for input that cannot be read, or an unknown message
 */
export async function runDoctor(options: DoctorOptions): Promise<number> {
  const { input, format, error, flags } = options;
  const write = writerOf(format);
  const report = error === undefined ? await examined(input, flags) : await explained(error);
  printTo('stdout', without(report.secrets, write(report)));
  return report.causes.length > 0 ? 1 : 0;
}

type Hiding = Report & { readonly secrets: readonly (string | undefined)[] };

async function examined(input: string | undefined, flags: DoctorFlags): Promise<Hiding> {
  const { facts, assumed } = await factsOf(input, flags, process.env, Date.now() / 1000);
  const results = await diagnose(facts);
  const { AWS_SECRET_ACCESS_KEY: key, AWS_SESSION_TOKEN: session } = process.env;
  const signature = wholeToken(facts)?.text.split('.')[2];
  return {
    assumed,
    causes: causesOf(results),
    checks: results,
    settings: settingsToMake(facts),
    secrets: [signature, key, session],
  };
}

async function explained(error: string): Promise<Hiding> {
  const known = messageIn(error === '-' ? await textOf(process.stdin) : error);
  if (!known) {
    throw new ProblemError([
      {
        where: '--error',
        what: 'the error message is unknown',
        fix: 'Give the line that states the reason. Or run doctor with the token and the role',
      },
    ]);
  }
  const one = {
    id: known.id,
    check: known.text,
    status: 'failed',
    cause: known.cause(EXAMPLE_SETUP),
    fixes: known.fixes(EXAMPLE_SETUP),
  } as const;
  return { assumed: [], causes: [one], checks: [], settings: [], secrets: [] };
}
