import { expect, test } from '@jest/globals';
import { lint } from '../../src/lint/lint.ts';
import { allow, GITLAB_COM, MAIN, policy } from '../iam/vectors/vector.ts';
import { read } from '../access/near-policies.ts';

/** What every object of JavaScript has: as the name of a key or a claim it is a name like any other. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);

/** An exact subject with one more condition. */
function withKey(key: string) {
  const own = Object.fromEntries([['gitlab.com:sub', MAIN] as const, [key, 'a'] as const]);
  return read(policy(allow(GITLAB_COM, { StringEquals: own })));
}

test.each(NAMES)('a condition key named %s is one that no request has', (name) => {
  for (const key of [name, `gitlab.com:${name}`]) {
    const harms = lint(withKey(key)).findings.map(({ harm }) => harm);
    expect({ key, harms }).toEqual({ key, harms: expect.arrayContaining(['locks-out']) });
  }
});
