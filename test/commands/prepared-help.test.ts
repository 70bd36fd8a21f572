import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { helpInWidth } from '../../src/commands/help/help-in-width.ts';
import { helpOn } from '../../src/commands/help/help.ts';
import { COMMAND_NAMES } from '../../src/commands/index.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { SharedProcess } from '../support/tools/shared-process.ts';
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

const whole = mkdtempSync(join(tmpdir(), 'package-'));
cpSync(DIST, join(whole, 'dist'), { recursive: true });
afterAll(() => {
  rmSync(whole, { recursive: true });
});
const wholeProgram = new SharedProcess(join(whole, 'dist/cli.js'));

/** What the whole package answers, in a process that all its runs share. */
async function outcomeOfWhole(args: readonly string[]) {
  const { exitCode, ...printed } = await wholeProgram.run(args, whole, {});
  return { status: exitCode, ...printed };
}

async function eachAnswer(questions: readonly (readonly string[])[]) {
  const answers: Awaited<ReturnType<typeof outcomeOfWhole>>[] = [];
  for (const args of questions) answers.push(await outcomeOfWhole(args));
  return answers;
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

describe('help says what the record says', () => {
  test.each(COMMAND_NAMES)('of %s', async (name) => {
    const inPackage = (path: string) => join(whole, path);
    const expected = {
      status: 0,
      stdout: helpInWidth(await helpOn(name, inPackage), 120),
      stderr: '',
    };
    expect(await outcomeOfWhole([name, '--help'])).toEqual(expected);
    expect(await outcomeOfWhole(['help', name])).toEqual(expected);
  });

  test('of the program, which is shown by its first file alone', async () => {
    const folder = packageWith(onlyPrepared);
    const inPackage = (path: string) => join(folder, path);
    const expected = {
      status: 0,
      stdout: helpInWidth(await helpOn(undefined, inPackage), 120),
      stderr: '',
    };
    expect(outcome(folder, ['--help'])).toEqual(expected);
    expect(outcome(folder, ['help'])).toEqual(expected);
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

  test('to every question', async () => {
    const text = join(whole, 'dist/help.txt');
    const prepared = readFileSync(text);
    const answers = await eachAnswer(questions);
    rmSync(text);
    const withoutIt = await eachAnswer(questions);
    writeFileSync(text, prepared);
    expect(withoutIt).toEqual(answers);
  });
});

test('a folder whose name a terminal would obey is written out', () => {
  const folder = packageWith(onlyPrepared, 'a\u001b[31m{{b}}');
  const { stdout } = outcome(folder, ['--help']);
  expect(stdout).toContain('a\\u001b[31m{{b}}/docs');
});
