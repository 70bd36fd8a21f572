import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { audit } from '../../src/audit/audit.ts';
import type { AuditedEstate } from '../../src/audit/estate/estate.ts';
import { readEstate } from '../../src/audit/estate/read-estate.ts';
import { NO_SETTINGS } from '../../src/lint/gate/settings.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';
import { accountDetails, type RoleSpec, roleArn, TODAY } from './estate/dump.ts';
import { allow, ordinary, project, root, trusts } from './estate/statements.ts';

const scratch = scratchFolders();
const ID = '111111111111';

const deploy: RoleSpec = {
  name: 'deploy',
  trust: [project(ID, 20)],
  permissions: [allow('sts:AssumeRole', roleArn(ID, 'target'))],
};
const target: RoleSpec = { name: 'target', trust: [trusts(root(ID))] };
const beyond: RoleSpec = { name: 'beyond', trust: [trusts(roleArn(ID, 'target'))] };

/** An estate of dumps, which are read in the order of their names. */
async function estateOf(dumps: Readonly<Record<string, readonly RoleSpec[]>>) {
  const folder = scratch();
  for (const [name, roles] of Object.entries(dumps))
    writeFileSync(join(folder, `${name}.json`), accountDetails({ id: ID, providers: [], roles }));
  return readEstate([folder], []);
}

function namesOf({ roles }: AuditedEstate): string[] {
  return roles.map(({ key }) => key.name);
}

function chainsOf(estate: AuditedEstate): string[] {
  const gate = { settings: NO_SETTINGS, baseline: undefined, today: TODAY };
  const { assessment } = audit(estate, gate, { today: TODAY, unusedDays: 90 });
  return assessment.chains.map(({ roles }) => roles.map(({ key }) => key.name).join(' > '));
}

test('of an account, nothing is kept of roles that no GitLab role can become', async () => {
  const estate = await estateOf({ all: [...ordinary(ID, 40), deploy, beyond, target] });
  expect(namesOf(estate)).toEqual(['deploy', 'beyond', 'target']);
  expect(estate.roleCounts.get(ID)).toBe(43);
  expect(chainsOf(estate)).toEqual(['deploy > target', 'deploy > target > beyond']);
});

test('a role that other accounts can assume is kept, with those that it can become', async () => {
  const entry: RoleSpec = { name: 'entry', trust: [trusts(root('222222222222'))] };
  const after: RoleSpec = { name: 'after', trust: [trusts(roleArn(ID, 'entry'))] };
  const estate = await estateOf({ all: [...ordinary(ID, 8), entry, after] });
  expect(namesOf(estate)).toEqual(['entry', 'after']);
});

test.each([
  ['first', { a: [deploy, ...ordinary(ID, 8)], b: [target, beyond] }],
  ['last', { a: [target, beyond], b: [deploy, ...ordinary(ID, 8)] }],
  ['in the middle', { a: [beyond], b: [deploy], c: [target] }],
])(
  'chains lead through all exports of an account, the one with the GitLab role %s',
  async (_, dumps) => {
    expect(chainsOf(await estateOf(dumps))).toEqual([
      'deploy > target',
      'deploy > target > beyond',
    ]);
  },
);

test('of two exports of a role the one that says more counts, whichever is read first', async () => {
  const bare: RoleSpec = {
    name: 'deploy',
    trust: [project(ID, 20)],
    managed: ['arn:aws:iam::111111111111:policy/x'],
  };
  for (const dumps of [
    { a: [bare], b: [deploy, target] },
    { a: [deploy, target], b: [bare] },
  ]) {
    const estate = await estateOf(dumps);
    expect(namesOf(estate).sort()).toEqual(['deploy', 'target']);
    expect(chainsOf(estate)).toEqual(['deploy > target']);
  }
});
