import { expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../../src/audit/audit.ts';
import { readEstate } from '../../src/audit/estate/read-estate.ts';
import { reportOf } from '../../src/audit/report-of.ts';
import { NO_SETTINGS } from '../../src/lint/gate/settings.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';
import { accountDetails, roleArn, type RoleSpec, TODAY } from './estate/dump.ts';
import { allow, deny, project, root, trusts } from './estate/statements.ts';

const scratch = scratchFolders();
const HERE = '111111111111';
const THERE = '222222222222';

/** The chains from `start`, in words, where it and these roles are two accounts. */
async function chains(
  start: Partial<RoleSpec>,
  here: readonly RoleSpec[],
  there: readonly RoleSpec[] = [],
): Promise<string[]> {
  const folder = scratch();
  const first: RoleSpec = { name: 'start', trust: [project(HERE, 1)], ...start };
  const accounts = [
    { id: HERE, roles: [first, ...here], providers: [] },
    { id: THERE, roles: there, providers: [] },
  ];
  for (const account of accounts) {
    mkdirSync(join(folder, account.id));
    writeFileSync(join(folder, account.id, 'details.json'), accountDetails(account));
  }
  const estate = await readEstate([folder], []);
  const gate = { settings: NO_SETTINGS, baseline: undefined, today: TODAY };
  const options = { today: TODAY, unusedDays: 90 };
  return reportOf(audit(estate, gate, options), true).chains.map(({ text }) =>
    text.replaceAll(`${HERE}/`, '').replaceAll(THERE, 'there'),
  );
}

const START = roleArn(HERE, 'start');
const assume = (arn: string, condition?: object) => ({
  permissions: [allow('sts:AssumeRole', arn, condition)],
});
const target = (...trust: readonly object[]): RoleSpec => ({ name: 'target', trust });
const TARGET = roleArn(HERE, 'target');
const FAR = roleArn(THERE, 'target');

test.each<[string, Partial<RoleSpec>, RoleSpec, string[]]>([
  ['a trust by name is enough', {}, target(trusts(START)), ['start → target']],
  ['a trust of the account is not', {}, target(trusts(root(HERE))), []],
  ['but with a permission it is', assume(TARGET), target(trusts(root(HERE))), ['start → target']],
  ['a permission for another role is not', assume(`${TARGET}-2`), target(trusts(root(HERE))), []],
  ['a trust of another role is not', assume(TARGET), target(trusts(roleArn(HERE, 'other'))), []],
  [
    'a Deny of the role goes before a trust by name',
    { permissions: [deny('sts:*')] },
    target(trusts(START)),
    [],
  ],
  [
    'a Deny of the trust goes before its Allow',
    assume(TARGET),
    target(trusts(root(HERE)), { ...trusts(START), Effect: 'Deny' }),
    [],
  ],
  [
    'a condition of the request leaves it open',
    {},
    target(trusts(START, { StringEquals: { 'sts:ExternalId': 'x' } })),
    ['start → target, under a condition'],
  ],
  [
    'no job has MFA',
    {},
    target(trusts(START, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
    [],
  ],
  [
    'a condition that the role meets',
    assume(TARGET),
    target(trusts('*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${HERE}:role/st*` } })),
    ['start → target'],
  ],
  [
    'a session of the role is the role, since its name is chosen',
    {},
    target(trusts(`arn:aws:sts::${HERE}:assumed-role/start/any`)),
    ['start → target'],
  ],
])('within an account, %s', async (_, start, role, expected) => {
  expect(await chains(start, [role])).toEqual(expected);
});

test.each<[string, Partial<RoleSpec>, RoleSpec, string[]]>([
  ['a trust by name is not enough', {}, target(trusts(START)), []],
  ['both sides are', assume(FAR), target(trusts(START)), ['start → there/target']],
  [
    'a trust of the account is, too',
    assume(FAR),
    target(trusts(root(HERE))),
    ['start → there/target'],
  ],
  ['a permission alone is not', assume(FAR), target(trusts(root(THERE))), []],
])('across accounts, %s', async (_, start, role, expected) => {
  expect(await chains(start, [], [role])).toEqual(expected);
});

test('a ring ends, and each role is reached once', async () => {
  const ring = (name: string, from: string): RoleSpec => ({
    name,
    trust: [trusts(roleArn(HERE, from))],
  });
  expect(
    await chains({}, [
      ring('a', 'start'),
      ring('b', 'a'),
      ring('c', 'b'),
      { name: 'd', trust: [trusts(roleArn(HERE, 'c')), trusts(roleArn(HERE, 'd'))] },
    ]),
  ).toEqual(['start → a', 'start → a → b', 'start → a → b → c', 'start → a → b → c → d']);
});
