import { CLIENT_MESSAGES } from './clients.ts';
import { GITLAB_MESSAGES } from './gitlab.ts';
import { IAM_MESSAGES } from './iam.ts';
import type { Message } from './message.ts';
import { STS_MESSAGES } from './sts.ts';

/**
 * Every known message about a sign-in, read by `doctor`, the generated README and `docs/doctor.md`. To add one: a
 * record in the file of its speaker.
 */
export const MESSAGES: readonly Message[] = [
  ...STS_MESSAGES,
  ...IAM_MESSAGES,
  ...GITLAB_MESSAGES,
  ...CLIENT_MESSAGES,
];

/** The message that a text contains; `undefined` for an unknown one. */
export function messageIn(text: string): Message | undefined {
  return MESSAGES.find(({ pattern }) => pattern.test(text));
}
