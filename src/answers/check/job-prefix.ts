import { ifGiven, type At } from '../../text/collect.ts';
import { type Flaw, shown } from '../../text/flaw.ts';
import type { Answers } from '../schema.ts';

/**
 * The first word of job names, which stand in YAML and in the shell's messages. It has no hyphen: names of accounts and roles
 * have, and the first hyphen of a job's name must end the prefix, so that two prefixes never come to one name.
 */
export function checkJobPrefix({ ci }: Answers, at: At): void {
  ifGiven(ci.job_prefix, check, at('ci.job_prefix'));
}

function check(prefix: string): Flaw | undefined {
  if (/^[a-z][a-z0-9_]{0,31}$/.test(prefix)) return undefined;
  return {
    what: `${shown(prefix)} is not a first word for job names`,
    fix: 'Use at most 32 lower-case letters, digits and underscores, beginning with a letter, such as shop_aws',
  };
}
