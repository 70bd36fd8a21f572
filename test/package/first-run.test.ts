import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PROGRAM } from '../support/tools/program.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-run-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The files of the program that a run reads, in order. */
function readBy(...args: string[]): string[] {
  const spy = join(folder, 'spy.cjs');
  const list = 'JSON.stringify(Object.keys(require.cache))';
  writeFileSync(spy, `process.on('exit', () => process._rawDebug(${list}));`);
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { stderr } = spawnSync(process.execPath, ['-r', spy, PROGRAM, ...args], options);
  const paths = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as string[];
  return paths.map((path) => basename(path)).filter((name) => name !== 'spy.cjs');
}

const FIRST = ['cli.js', 'program.js', 'rolldown-runtime.js'];

test('a first generation reads nothing that only other answers need', () => {
  const config = resolve('generated/quickstart/gitlab-aws-oidc.yaml');
  expect(readBy('first', '--config', config)).toEqual([...FIRST, 'yaml-text.js']);
});

test('what other answers need is read when they need it', () => {
  const config = resolve('generated/three-accounts/gitlab-aws-oidc.yaml');
  const read = readBy('accounts', '--config', config);
  expect(read).toEqual([...FIRST, 'yaml-text.js', 'later.js']);
});
