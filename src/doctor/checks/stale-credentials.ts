import type { Check } from '../check.ts';
import { failed, ok, unknown } from '../outcome.ts';

/** Each wins over web identity in every AWS SDK, or makes it fail. */
const IN_THE_WAY = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
];

export const staleCredentials: Check = {
  name: 'environment',
  examine: ({ job }) => {
    if (!job) return unknown('the token was not taken from the environment of a job');
    const set = IN_THE_WAY.filter((name) => job[name] !== undefined);
    if (set.length === 0) return ok('no static key and no profile stands before web identity');
    const profile = set.some((name) => name.endsWith('PROFILE'));
    return failed(
      `${list(set)} ${set.length === 1 ? 'is' : 'are'} set, and the AWS CLI and SDKs ${
        profile ? 'look for that profile' : 'use those keys'
      } instead of the token`,
      {
        place: 'shell',
        text: 'Unset them before the first AWS call, and delete such CI/CD variables of the project and its groups',
        change: `unset ${set.join(' ')}`,
      },
    );
  },
};

function list(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
