import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { linesOnScreen } from '../support/builders/problems.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

const PROJECT = ['--project', 'mygroup/myproject=20'];
const TWO_ROLES = `roles:
  - { name: one, projects: [{ path: g/p }], refs: { branches: [main] }, permissions: {} }
  - { name: two, projects: [{ path: g/p }], refs: { branches: [main] }, permissions: {} }
`;

/** A folder with the files that the cases name. */
function folder(): string {
  const path = scratchFolder();
  writeFileSync(join(path, 'broken.yaml'), 'version: 1\nroles: [\n');
  writeFileSync(join(path, 'two.yaml'), TWO_ROLES);
  writeFileSync(join(path, 'provider.yaml'), `provider: existing\n${TWO_ROLES}`);
  writeFileSync(join(path, 'not.json'), 'Version: 2012');
  writeFileSync(
    join(path, 'trust.json'),
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}}',
  );
  writeFileSync(
    join(path, 'all.json'),
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
  );
  mkdirSync(join(path, 'full'));
  writeFileSync(join(path, 'full', 'notes.txt'), '');
  symlinkSync('nowhere', join(path, 'dangling'));
  return path;
}

const contents = (path: string) => readdirSync(path, { recursive: true }).map(String).sort();

describe('wrong usage and wrong answers end with 2, a message and nothing written', () => {
  test.each<[name: string, args: string[], where: string, what: string]>([
    ['an unknown flag', ['out', '--projects', 'g/p'], '--projects', "Unknown option '--projects'"],
    ['a flag without value', ['out', '--region'], '--region', 'value is missing, or begins with a dash'],
    ['a value for yes', ['out', '--yes=no'], '--yes', 'does not take an argument'],
    ['a token', ['out', '--token', 'glpat'], '--token', 'No answer takes a token'],
    ['an environment', ['out', '--environment', 'prod'], '--environment', 'is in no subject'],
    ['two folders', ['out', 'other', '--yes', ...PROJECT], 'other', 'Expected one folder, got 2'],
    ['a missing file', ['out', '--config', 'no.yaml'], '--config', 'cannot be read (ENOENT)'],
    ['a folder for a file', ['out', '--config', 'full'], '--config', 'cannot be read (EISDIR)'],
    ['broken YAML', ['out', '--config', 'broken.yaml'], 'broken.yaml:3:1', 'not YAML'],
    ['a wrong answer in a file', ['out', '--yes', '--config', 'provider.yaml'], 'provider.yaml:1:1: provider', 'does not fit here'],
    ['a role flag for two roles', ['out', '--config', 'two.yaml', '--tag', 'v1'], '--tag', 'The file has 2 roles'],
    ['a preset for a file with roles', ['out', '--yes', '--config', 'two.yaml', '--preset', 'plan-and-apply'], '--preset', 'names its roles already'],
    ['an unknown preset', ['out', '--yes', ...PROJECT, '--preset', 'nonsense'], '--preset', '"nonsense" is not a preset'],
    ['no answers and nobody to ask', ['out'], '--project', 'There is no terminal to ask on'],
    ['no project', ['out', '--yes'], '--project', 'It is required'],
    ['a bad id', ['out', '--yes', '--project', 'g/p=x'], '--project', '"x" is not a number'],
    ['http', ['out', '--yes', ...PROJECT, '--gitlab-url', 'http://git.example.com'], '--gitlab-url http://git.example.com', 'AWS accepts only https'],
    ['a policy that is not JSON', ['out', '--yes', ...PROJECT, '--policy-file', 'own=not.json'], '--policy-file', 'is not JSON'],
    ['a policy that is a trust policy', ['out', '--yes', ...PROJECT, '--policy-file', 'own=trust.json'], '--policy-file own=trust.json', 'has a Principal'],
    ['a policy that allows all', ['out', '--yes', ...PROJECT, '--policy-file', 'own=all.json'], '--policy-file own=all.json', 'allows every action on every resource'],
    ['a folder that is not empty', ['full', '--yes', ...PROJECT], 'full', 'The folder is not empty: it holds notes.txt'],
    ['a file for a folder', ['not.json', '--yes', ...PROJECT], 'not.json', 'is a file, not a folder'],
    ['a dangling link', ['dangling', '--yes', ...PROJECT], 'dangling', 'a link to something that is not there'],
  ])('%s', async (_, args, where, what) => {
    const cwd = folder();
    const before = contents(cwd);
    const { exitCode, stdout, stderr } = await run(args, cwd);
    expect(stderr.replace(/\s+/g, ' ')).toContain(`error ${where} `);
    expect(stderr).toContain(what);
    expect(linesOnScreen(stderr)).toBeLessThanOrEqual(20);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(contents(cwd)).toEqual(before);
  });
}); // prettier-ignore

test('with --json the problems are on stdout too', async () => {
  const cwd = folder();
  const before = contents(cwd);
  const { exitCode, stdout, stderr } = await run(['out', '--json', '--yes', '--branch', '-'], cwd);
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    problems: [
      {
        where: '--project',
        what: 'it is required, and there is no terminal to ask on: "Projects that can assume the role"',
        fix: 'Give --project',
      },
    ],
  });
  expect(stderr).toContain('error --project');
  expect(exitCode).toBe(2);
  expect(contents(cwd)).toEqual(before);
});

test('a dry run writes nothing', async () => {
  const cwd = folder();
  const before = contents(cwd);
  const { exitCode } = await run(['out', '--yes', ...PROJECT, '--dry-run'], cwd);
  expect(exitCode).toBe(0);
  expect(contents(cwd)).toEqual(before);
});
