import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { accountText, graphOf } from '../../src/audit/map/model/graph.ts';
import { dataIn } from '../support/tools/map-page.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();

/** The command in a copy of a golden. */
function explained(golden: string, ...args: string[]) {
  const cwd = scratch();
  cpSync(join('generated', golden), cwd, { recursive: true });
  return run(['explain', '--format', 'html', ...args], cwd);
}

test('explain --format html is the access map of the repository, with its roles and who may assume them', async () => {
  const { stdout, stderr, exitCode } = await explained('three-accounts');
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  const { roles, grants, sources } = dataIn(stdout);
  const ways = grants.map(({ source, role }) => [sources[source]?.text, roles[role]?.name]);
  expect(roles.length).toBeGreaterThan(0);
  expect(new Set(ways.map(([, role]) => role))).toEqual(new Set(roles.map(({ name }) => name)));
  expect(ways.map(([source]) => source).join()).toContain('mygroup/');
});

test('it names the accounts as the answers do, and they are found by these names', async () => {
  const data = dataIn((await explained('three-accounts')).stdout);
  expect(data.accounts.map((_, at) => accountText(data, at)).sort()).toEqual([
    '111111111111 (dev)',
    '222222222222 (stage)',
    '333333333333 (prod)',
  ]);
  const { roleWords } = graphOf(data);
  expect(roleWords.every((words) => /dev|stage|prod/.test(words))).toBe(true);
});

test.each(['--role', '--claims'])(
  '%s asks about one thing, and the page shows everything',
  async (flag) => {
    const { stdout, stderr, exitCode } = await explained('three-accounts', flag, 'claims.json');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(`error ${flag}\n  The access map shows everything`);
  },
);

test('an item that cannot be read is on the page, and the exit code is 1', async () => {
  const cwd = scratch();
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] };
  const roles = [
    {
      RoleName: 'good',
      Arn: 'arn:aws:iam::111111111111:role/good',
      AssumeRolePolicyDocument: GOOD,
    },
    { RoleName: 'bad', Arn: 'arn:aws:iam::111111111111:role/bad', AssumeRolePolicyDocument: trust },
  ];
  writeFileSync(join(cwd, 'roles.json'), JSON.stringify({ Roles: roles }));
  const { stdout, exitCode } = await run(['explain', 'roles.json', '--format', 'html'], cwd);
  expect(exitCode).toBe(1);
  const { roles: shown, notes } = dataIn(stdout);
  expect(shown.map(({ name }) => name)).toEqual(['good']);
  expect(notes.join()).toContain('could not be read: The trust policy of bad');
});

const GOOD = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111111111111:oidc-provider/gitlab.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'gitlab.com:aud': 'https://gitlab.com',
          'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main',
        },
      },
    },
  ],
};
