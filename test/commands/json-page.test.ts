import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { RULES } from '../../src/lint/rules.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
const CREATE = ['my-oidc', '--yes', '--json', '--project', 'mygroup/myproject=20'];

/** The fields that `docs/json.md` lists under a heading, in order. */
function documented(heading: string): readonly string[] {
  const page = readFileSync('docs/json.md', 'utf8');
  const section = page.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
}

/** The fields that a command prints. */
async function printed(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const { stdout } = await run(args, cwd);
  return Object.keys(JSON.parse(stdout) as object);
}

test('create prints the fields that the page lists', async () => {
  expect(await printed(CREATE, scratch())).toEqual(documented('create'));
});

test('so do update, add and remove', async () => {
  const cwd = scratch();
  await run(CREATE, cwd);
  for (const args of [
    ['update', 'my-oidc'],
    ['add', 'branch', 'dev', '--dir', 'my-oidc'],
    ['remove', 'branch', 'dev', '--dir', 'my-oidc'],
  ])
    expect(await printed([...args, '--json'], cwd)).toEqual(documented('update, add, remove'));
});

test('so does doctor', async () => {
  const args = ['doctor', '--json', '--error', 'Incorrect token audience'];
  expect(await printed(args, scratch())).toEqual(documented('doctor'));
});

test('so do the rules of lint, each with the fields that the page lists', async () => {
  const { stdout } = await run(['lint', '--rules', '--json'], scratch());
  const { ok, rules } = JSON.parse(stdout) as { ok: unknown; rules: Record<string, unknown>[] };
  expect([ok, rules.map(({ id }) => id)]).toEqual([true, RULES.map(({ id }) => id)]);
  for (const rule of rules) {
    expect(Object.keys(rule)).toEqual(documented('lint --rules'));
    for (const value of Object.values(rule)) expect(value).toMatch(/\w/);
  }
});

test.each([
  [['lint', 'nowhere']],
  [['create', '--project', 'bad']],
  [['update']],
  [['doctor', '--error', '?']],
])('a failure of %j has the fields that the page lists', async (args) => {
  expect(await printed([...args, '--json'], scratch())).toEqual(documented('Failure'));
});
