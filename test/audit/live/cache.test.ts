import {
  chmodSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AccountCache, userCache } from '../../../src/audit/live/cache.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const ACCOUNT = '111111111111';
const NOW = Date.parse('2026-11-29T12:00:00Z');
const HOUR = 3600 * 1000;
const DETAILS = '{"RoleDetailList":[]}';
const facts = (account = ACCOUNT, read = '2026-11-29T12:00:00.000Z') => ({
  account,
  read,
  gitlabs: ['gitlab.com'],
  providers: [{ arn: 'arn', url: 'gitlab.com', clientIds: ['a'], thumbprints: [] }],
});

const scratch = scratchFolders();
const open = (home: string, now = NOW, of = ['aws', ACCOUNT]) =>
  AccountCache.open(of, { XDG_CACHE_HOME: home }, () => now);

test('an account is found again with all that was kept, for its owner alone', async () => {
  const home = scratch();
  const cache = open(home);
  cache.put(facts(), DETAILS);
  const found = open(home, NOW + HOUR).get(ACCOUNT);
  expect(found).toMatchObject(facts());
  expect(await found?.details()).toBe(DETAILS);
  const above = join(home, 'create-gitlab-aws-oidc');
  for (const folder of [above, cache.folder]) expect(statSync(folder).mode & 0o777).toBe(0o700);
  const file = join(cache.folder, `${ACCOUNT}.json`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(cache.folder)).toEqual([`${ACCOUNT}.json`]);
});

test('it is found for 12 hours, and only by the identity that asked for it', () => {
  const home = scratch();
  open(home).put(facts(), DETAILS);
  expect(open(home, NOW + 12 * HOUR).get(ACCOUNT)).toBeDefined();
  expect(open(home, NOW + 12 * HOUR + 1).get(ACCOUNT)).toBeUndefined();
  expect(open(home, NOW - 1).get(ACCOUNT)).toBeUndefined();
  expect(open(home, NOW, ['aws', '222222222222']).get(ACCOUNT)).toBeUndefined();
});

test('what is too old is removed', () => {
  const home = scratch();
  const { folder } = open(home);
  const file = join(folder, `${ACCOUNT}.json.unfinished`);
  writeFileSync(file, '');
  const then = (NOW - 13 * HOUR) / 1000;
  utimesSync(file, then, then);
  open(home);
  expect(readdirSync(folder)).toEqual([]);
});

test('the file of another account is not taken for this one', () => {
  const home = scratch();
  const cache = open(home);
  cache.put(facts('222222222222'), DETAILS);
  symlinkSync(join(cache.folder, '222222222222.json'), join(cache.folder, `${ACCOUNT}.json`));
  expect(cache.get(ACCOUNT)).toBeUndefined();
});

test('whatever the file holds, it is an account or nothing', () => {
  const cache = open(scratch());
  const file = join(cache.folder, `${ACCOUNT}.json`);
  const whole = `${JSON.stringify({ version: 1, ...facts() })}\n${DETAILS}`;
  const text = fc.oneof(
    fc.string(),
    fc.json().map((json) => `${json}\n${DETAILS}`),
    fc.nat(whole.length).map((end) => whole.slice(0, end)),
  );
  fc.assert(
    fc.property(text, (content) => {
      writeFileSync(file, content);
      const found = cache.get(ACCOUNT);
      expect(found === undefined || found.account === ACCOUNT).toBe(true);
    }),
  );
});

test.each([
  ['others can open', (folder: string) => mkdirSync(folder, { mode: 0o755, recursive: true })],
  [
    'leads elsewhere',
    (folder: string) => {
      symlinkSync('/tmp', folder);
    },
  ],
  [
    'is a file',
    (folder: string) => {
      writeFileSync(folder, '');
    },
  ],
])('a folder that %s is refused', (_, make) => {
  const home = scratch();
  const folder = join(home, 'create-gitlab-aws-oidc');
  make(folder);
  if (statSync(folder).isDirectory()) chmodSync(folder, 0o755);
  expect(() => open(home)).toThrow('cannot be kept there');
});

test.each(['cache', './cache', ''])(
  'XDG_CACHE_HOME=%j would lie in the folder that the program runs in, and is not used',
  (named) => {
    const folder = userCache({ XDG_CACHE_HOME: named });
    expect(folder.startsWith(homedir())).toBe(true);
  },
);
