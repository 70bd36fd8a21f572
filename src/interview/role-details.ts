import { checkPolicyArn, PARTITIONS } from '../iam/arn.ts';
import { checkDescription, checkRolePath, checkSessionDuration } from '../iam/role-fields.ts';
import type { Check } from '../text/flaw.ts';
import type { Asker } from './asker.ts';
import type { FlagValues } from './flags.ts';

const DETAILS: readonly { flag: keyof FlagValues; message: string; check: Check }[] = [
  { flag: 'role-description', message: 'Description', check: checkDescription },
  { flag: 'role-path', message: 'IAM path, such as /gitlab/', check: checkRolePath },
  {
    flag: 'permissions-boundary',
    message: 'ARN of the permissions boundary',
    check: (arn) =>
      checkPolicyArn(
        PARTITIONS.find((partition) => arn.startsWith(`arn:${partition}:`)) ?? 'aws',
        arn,
      ),
  },
  {
    flag: 'session-duration',
    message: 'Longest session, in seconds',
    check: (seconds) => checkSessionDuration(Number(seconds)),
  },
];

/** Asks for what most roles do without; answers in the form of the flags. */
export async function askRoleDetails(asker: Asker): Promise<FlagValues> {
  const more = await asker.yes({
    flag: 'role-path',
    message: 'More about the role?',
    why: 'Description, IAM path, permissions boundary, session duration. AWS tags go into the answers file.',
    default: false,
  });
  if (!more) return {};
  const answers: [string, string][] = [];
  for (const { flag, message, check } of DETAILS) {
    const text = await asker.text({
      flag,
      message,
      why: 'Enter leaves it out.',
      optional: true,
      check,
    });
    if (text !== '') answers.push([flag, text]);
  }
  return Object.fromEntries(answers);
}
