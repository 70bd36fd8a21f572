import type { Check } from '../check.ts';
import { failed, ok, unknown } from '../outcome.ts';

/** Each takes precedence over web identity in every AWS SDK, or makes it fail. */
const OVERRIDING = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
];

export const staleCredentials: Check = {
  id: 'DOC001',
  name: 'environment',
  about: 'static keys and profiles, which take precedence over web identity',
  needs: 'the job',
  examine: ({ job }) => {
    if (!job) return unknown('the token does not come from the environment of a job');
    const set = OVERRIDING.filter((name) => job[name] !== undefined);
    if (set.length === 0) return ok('no static key or profile takes precedence over web identity');
    const profile = set.some((name) => name.endsWith('PROFILE'));
    return failed(
      `${list(set)} ${set.length === 1 ? 'is' : 'are'} set, and the AWS CLI and SDKs ${
        profile ? 'look for that profile' : 'use those keys'
      } instead of the token`,
      {
        place: 'shell',
        text: 'Unset them before the first AWS call, and delete these CI/CD variables from the project and its groups',
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
