import { checkPolicyArn, PARTITIONS } from '../iam/arn.ts';
import { checkDescription, checkRolePath, checkSessionDuration } from '../iam/role-fields.ts';
import { shown, type FlawCheck } from '../text/flaw.ts';
import type { Asker } from './asker.ts';
import type { FlagValues } from './flags.ts';
import { readDuration } from './reading/numbers.ts';

const DETAILS: readonly {
  flag: keyof FlagValues;
  message: string;
  why: string;
  check: FlawCheck;
}[] = [
  {
    flag: 'role-description',
    message: 'Description',
    why: 'Shown in the AWS console, e.g. Deploys the shop.',
    check: checkDescription,
  },
  {
    flag: 'role-path',
    message: 'IAM path',
    why: 'Begins and ends with a slash, e.g. /gitlab/.',
    check: checkRolePath,
  },
  {
    flag: 'permissions-boundary',
    message: 'Permissions boundary',
    why: 'ARN of a managed policy, e.g. arn:aws:iam::123456789012:policy/boundary.',
    check: (arn) =>
      checkPolicyArn(
        PARTITIONS.find((partition) => arn.startsWith(`arn:${partition}:`)) ?? 'aws',
        arn,
      ),
  },
  {
    flag: 'session-duration',
    message: 'Longest session',
    why: 'From 1h to 12h, e.g. 1h, 90m or 3600.',
    check: (text) => {
      const seconds = readDuration(text);
      return seconds === undefined
        ? { what: `${shown(text)} is not a duration`, fix: 'Type it as 1h, 90m or 3600' }
        : checkSessionDuration(seconds);
    },
  },
];

/** Asks for what most roles do without; answers in the form of the flags. */
export async function askRoleDetails(asker: Asker): Promise<FlagValues> {
  const more = await asker.yes({
    flag: 'role-path',
    message: 'More settings for the role?',
    why: 'Description, IAM path, permissions boundary and session duration.',
    default: false,
  });
  if (!more) return {};
  const answers: [string, string][] = [];
  for (const { flag, message, why, check } of DETAILS) {
    const text = await asker.text({
      flag,
      message,
      why: `${why} Press Enter to skip.`,
      optional: true,
      check,
    });
    if (text !== '') answers.push([flag, text]);
  }
  return Object.fromEntries(answers);
}
