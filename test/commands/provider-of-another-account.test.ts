import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { getRole } from '../support/builders/get-role.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const PINNED = {
  StringEquals: {
    'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main',
    'gitlab.com:project_id': '20',
  },
};

const scratch = scratchFolders();
let folder = '';

beforeEach(() => {
  folder = scratch();
  writeFileSync(join(folder, 'own.json'), JSON.stringify(getRole('111111111111', PINNED)));
  writeFileSync(join(folder, 'other.json'), JSON.stringify(getRole('222222222222', PINNED)));
});

const WHY = 'it is in account 222222222222, and the role is in 111111111111';

test('explain shows nobody in the table, and denies the job that the policy names', async () => {
  const { stdout } = await run(['explain', 'other.json'], folder);
  expect(stdout).toBe('deploy: no job of a GitLab instance may assume it\n');
  const job = ['--project', 'acme/web', '--branch', 'main', '--project-id', '20'];
  expect(await run(['explain', 'other.json', ...job], folder)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining(
      'the policy names the account 222222222222, the provider is in 111111111111',
    ),
  });
});

test('lint says that nobody is accepted, and why', async () => {
  const { exitCode, stdout } = await run(['lint', 'other.json'], folder);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('error OIDC035 nobody');
  expect(stdout).toContain(WHY);
  expect((await run(['lint', 'own.json'], folder)).stdout).toContain('deploy: safe');
});

test('compare says that the job loses its access, and regains it the other way round', async () => {
  const { stdout } = await run(['compare', 'own.json', 'other.json'], folder);
  expect(stdout).toContain('Nobody gains access');
  expect(stdout).toContain('- loses: acme/web (id 20): branch main');
  const back = await run(['compare', 'other.json', 'own.json'], folder);
  expect(back.stdout).toContain('+ gains: acme/web (id 20): branch main');
});

test('audit calls the trust dead', async () => {
  const { stdout } = await run(['audit', 'other.json'], folder);
  expect(stdout).toContain('deploy: risk 0 of 16 (exposure 0');
  expect(stdout).toContain('AUD004 dead-trust');
  expect(stdout).toContain(WHY);
});
