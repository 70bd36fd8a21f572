import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PROGRAM, run } from '../support/tools/program.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
const COMMANDS = ['create', 'update', 'add', 'remove', 'explain', 'lint', 'doctor', 'completion'];

describe('a first word that looks like a command is not taken for a folder', () => {
  test.each([
    ['upate', 'Use update'],
    ['docter', 'Use doctor'],
    ['helpp', 'Use help'],
    ['init', 'Use create'],
    ['list', 'Use explain'],
  ])('%s', async (word, fix) => {
    const cwd = scratch();
    const { exitCode, stderr } = await run([word, '--yes', '--project', 'g/p=1'], cwd);
    expect(stderr).toContain(`"${word}" is not a command`);
    expect(stderr).toContain(fix);
    expect(exitCode).toBe(2);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('one of these is a folder after create', async () => {
    const cwd = scratch();
    expect((await run(['create', 'list', '--yes', '--project', 'g/p=1'], cwd)).exitCode).toBe(0);
    expect(readdirSync(cwd)).toEqual(['list']);
  });
});

test.each(['my-oidc', './init', 'oidc2', 'infra'])('%s is a folder', async (word) => {
  const cwd = scratch();
  mkdirSync(join(cwd, 'infra'));
  expect((await run([word, '--yes', '--dry-run', '--project', 'g/p=1'], cwd)).exitCode).toBe(0);
});

test('version and --version print the version', async () => {
  const { stdout } = await run(['version'], scratch());
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await run(['--version'], scratch())).stdout).toBe(stdout);
});

test('a mistyped flag is answered with the right one', async () => {
  const { stderr, exitCode } = await run(['lint', '--fromat', 'json'], scratch());
  expect(stderr).toContain('Use --format');
  expect(exitCode).toBe(2);
});

describe('help', () => {
  test('lists every command', async () => {
    const { stdout, exitCode } = await run(['--help'], scratch());
    for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(exitCode).toBe(0);
    expect((await run(['help'], scratch())).stdout).toBe(stdout);
  });

  test.each(COMMANDS)('of %s is the same by both ways, with every exit code', async (name) => {
    const { stdout } = await run([name, '--help'], scratch());
    expect((await run(['help', name], scratch())).stdout).toBe(stdout);
    for (const code of [0, 2, 3, 130, 143])
      expect(stdout).toMatch(new RegExp(`^  ${code} +\\w`, 'm'));
  });

  test('of doctor lists the flags about the job that it accepts', async () => {
    const { stdout } = await run(['doctor', '--help'], scratch());
    for (const flag of ['tag', 'mr', 'protected', 'project-id', 'claim', 'sub', 'aud'])
      expect(stdout).toContain(`  --${flag} `);
  });

  test('of what is not a command suggests one', async () => {
    const { stderr, exitCode } = await run(['help', 'docter'], scratch());
    expect(stderr).toContain('Use doctor');
    expect(exitCode).toBe(2);
  });
});

describe('completion', () => {
  const completed = (words: readonly string[]) => {
    const { stdout: script } = spawnSync(process.execPath, [PROGRAM, 'completion', 'bash'], {
      encoding: 'utf8',
    });
    const line = words.map((word) => `'${word}'`).join(' ');
    const ask = `${script}
COMP_WORDS=(create-gitlab-aws-oidc ${line}); COMP_CWORD=${words.length}
_create_gitlab_aws_oidc; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync('bash', ['-c', ask], { cwd: scratch(), encoding: 'utf8' });
    return stdout.split('\n').filter(Boolean);
  };

  test.each<[what: string, words: string[], found: string[]]>([
    ['a command', ['do'], ['doctor']],
    ['a kind', ['add', 'p'], ['project', 'policy']],
    ['a flag of a command', ['update', '--acc'], ['--access-diff']],
    ['a flag of a kind', ['add', 'policy', '--accept-a'], ['--accept-administrator']],
    ['a flag of create, which is left out', ['my-oidc', '--conf'], ['--config']],
  ])('bash completes %s', (_, words, found) => {
    expect(completed(words)).toEqual(found);
  });

  describe.each(['zsh', 'fish'])('%s', (shell) => {
    describeWith([commandTool(shell, `install the package ${shell}`)], 'where it is there', () => {
      test('reads its script', () => {
        const { stdout } = spawnSync(process.execPath, [PROGRAM, 'completion', shell], {
          encoding: 'utf8',
        });
        const script = join(scratch(), `completion.${shell}`);
        writeFileSync(script, stdout);
        expect(spawnSync(shell, ['-n', script]).status).toBe(0);
      });
    });
  });
});
