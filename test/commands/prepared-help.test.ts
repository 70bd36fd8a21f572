import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { helpOn } from '../../src/commands/help/help.ts';
import { COMMAND_NAMES } from '../../src/commands/index.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
const DIST = dirname(PROGRAM);

/** A copy of the program with those of its files that are taken. */
function packageWith(takes: (path: string) => boolean, name = 'package'): string {
  const folder = join(scratch(), name);
  mkdirSync(folder);
  cpSync(DIST, join(folder, 'dist'), {
    recursive: true,
    filter: (path) => takes(path.slice(DIST.length)),
  });
  return folder;
}

function outcome(folder: string, args: readonly string[]) {
  const program = join(folder, 'dist/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    cwd: scratch(),
    env: {},
  });
  return { status, stdout, stderr };
}

const onlyPrepared = (path: string) => ['', '/cli.js', '/help.txt', '/package.json'].includes(path);

describe('help is shown by the first file of the program alone', () => {
  test.each([undefined, ...COMMAND_NAMES])('of %s, and says what the record says', async (name) => {
    const folder = packageWith(onlyPrepared);
    const inPackage = (path: string) => join(folder, path);
    const expected = { status: 0, stdout: await helpOn(name, inPackage), stderr: '' };
    expect(outcome(folder, name === undefined ? ['--help'] : [name, '--help'])).toEqual(expected);
    expect(outcome(folder, name === undefined ? ['help'] : ['help', name])).toEqual(expected);
  });

  test('so is the version', () => {
    const folder = packageWith(onlyPrepared);
    expect(outcome(folder, ['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(outcome(folder, ['version'])).toEqual(outcome(folder, ['-v']));
  });
});

describe('where the prepared texts are missing, the answer is the same', () => {
  const questions = [
    ['--help'],
    ['-h', 'lint'],
    ['doctor', '-h'],
    ['lint', '--nonsense', '--help'],
    ['--yes', '--help'],
    ['my-folder', '--help'],
    ['docter', '--help'],
    ['help', 'docter'],
    ['help', 'lint', 'doctor'],
    ['help', '--nonsense'],
    ['version', '--help'],
    ['version', 'surplus'],
    ['-v', '--help'],
    ['lint', '--version'],
  ];

  test('to every question', () => {
    const whole = packageWith(() => true);
    const answers = questions.map((args) => outcome(whole, args));
    rmSync(join(whole, 'dist/help.txt'));
    expect(questions.map((args) => outcome(whole, args))).toEqual(answers);
  });
});

test('a folder whose name a terminal would obey is written out', () => {
  const folder = packageWith(onlyPrepared, 'a\u001b[31m{{b}}');
  const { stdout } = outcome(folder, ['--help']);
  expect(stdout).toContain('a\\u001b[31m{{b}}/docs');
});
