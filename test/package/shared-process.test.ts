import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { goldenFolder } from '../support/builders/goldens.ts';
import { run, runAlone } from '../support/tools/program.ts';
import { SharedProcess } from '../support/tools/shared-process.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();

describe('a run in a process that others share', () => {
  test.each([
    [['--help']],
    [['version', '--json']],
    [['lint', '--nonsense']],
    [['explain', goldenFolder('organization')]],
    [['explain', goldenFolder('quickstart'), '--json']],
    [['lint', goldenFolder('quickstart'), '--format', 'sarif']],
    [['update', goldenFolder('three-accounts'), '--check']],
    [['compare', 'missing.json', goldenFolder('quickstart'), '--json']],
    [['doctor', goldenFolder('quickstart'), '--project', 'mygroup/myproject', '--branch', 'main']],
    [['x', '--yes', '--dry-run', '--project', 'g/p']],
  ])('ends and prints as one of its own: %j', async (args) => {
    expect(await run(args, scratch())).toEqual(await runAlone(args, scratch()));
  });
});

const SOURCE = `
const { writeSync } = require('node:fs');
const print = (text) => writeSync(1, text);
const runs = {
  counts: () => { print(String(require('./part.js').next())); process.exit(0); },
  reads: () => { print(String(process.env.GIVEN)); process.exit(3); },
  throws: () => { throw new Error('thrown'); },
  rejects: () => Promise.reject(new Error('rejected')),
  listens: () => { process.on('exit', (code) => print('ended with ' + code)); setImmediate(() => process.exit(4)); },
  continues: () => { setInterval(() => print('late'), 1); process.exit(0); },
};
runs[process.argv[2]]();
`;

describe('a process that programs share', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shared-'));
  writeFileSync(join(folder, 'cli.js'), SOURCE);
  writeFileSync(join(folder, 'part.js'), 'let count = 0; exports.next = () => ++count;');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const process = new SharedProcess(join(folder, 'cli.js'));
  const runOf = (name: string, environment = {}) => process.run([name], folder, environment);

  test('keeps nothing that a module remembers', async () => {
    const expected = { exitCode: 0, stdout: '1', stderr: '' };
    expect(await runOf('counts')).toEqual(expected);
    expect(await runOf('counts')).toEqual(expected);
  });

  test('keeps no variable of the environment', async () => {
    expect(await runOf('reads', { GIVEN: 'a' })).toMatchObject({ exitCode: 3, stdout: 'a' });
    expect(await runOf('reads')).toMatchObject({ exitCode: 3, stdout: 'undefined' });
  });

  test.each([
    ['throws', 'Error: thrown'],
    ['rejects', 'Error: rejected'],
  ])('reports a program that %s', async (name, message) => {
    const { exitCode, stderr } = await runOf(name);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
  });

  test('does at the exit what the program has asked for, once', async () => {
    expect(await runOf('listens')).toMatchObject({ exitCode: 4, stdout: 'ended with 4' });
    expect(await runOf('reads')).toMatchObject({ exitCode: 3, stdout: 'undefined' });
  });

  test('is not used again where something continues', async () => {
    expect(await runOf('continues')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await runOf('reads')).toMatchObject({ exitCode: 3, stdout: 'undefined' });
  });
});
