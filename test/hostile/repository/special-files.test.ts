import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { HostileRepository } from '../../support/builders/hostile-repository.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

/** Milliseconds in which a refusal comes, on a busy machine too. */
const SOON = 20_000;

const FILES = [
  'gitlab-aws-oidc.yaml',
  'gitlab-aws-oidc.lock.json',
  'README.md',
  'terraform/roles.tf',
];

type Put = (path: string, outside: string) => unknown;

const SPECIAL: readonly (readonly [name: string, put: Put, what: string])[] = [
  ['a FIFO', (path) => execFileSync('mkfifo', [path]), 'It is not a plain file'],
  ['a socket', socketAt, 'It is not a plain file'],
  [
    'a folder',
    (path) => {
      mkdirSync(path);
    },
    'It is not a plain file',
  ],
  [
    'a link to a file',
    (path, outside) => {
      symlinkSync(join(outside, '.bashrc'), path);
    },
    'It is a symbolic link',
  ],
  [
    'a link to a device',
    (path) => {
      symlinkSync('/dev/zero', path);
    },
    'It is a symbolic link',
  ],
  [
    'a link to itself',
    (path) => {
      symlinkSync(path, path);
    },
    'It is a symbolic link',
  ],
  [
    'a huge file',
    (path) => {
      execFileSync('touch', [path]);
      truncateSync(path, 2 ** 34);
    },
    'It has more than 16 MB',
  ],
];

/** A socket that outlives the server that made it. */
function socketAt(path: string): void {
  const script = `require('net').createServer().listen('s', () => process.kill(process.pid, 'SIGKILL'))`;
  try {
    execFileSync(process.execPath, ['-e', script], { cwd: dirname(path), stdio: 'ignore' });
  } catch {
    // It ends by the signal.
  }
  renameSync(join(dirname(path), 's'), path);
}

describe.each(SPECIAL)('%s', (_, put, what) => {
  test.each(FILES)(
    'in the place of %s is refused by name',
    async (file) => {
      const hostile = new HostileRepository(scratchFolder());
      rmSync(hostile.path(file));
      put(hostile.path(file), hostile.outside);
      const { exitCode, stderr } = await hostile.run('update');
      expect(stderr).toContain(`${file}\n  ${what}.\n`);
      expect(exitCode).toBe(2);
      expect(hostile.harm()).toEqual(hostile.noHarm);
    },
    SOON,
  );
});

describe('a folder of a generated file', () => {
  test.each<[string, Put, string]>([
    [
      'a link',
      (path, outside) => {
        symlinkSync(outside, path);
      },
      'It is a symbolic link',
    ],
    [
      'a dangling link',
      (path) => {
        symlinkSync('nowhere', path);
      },
      'It is a symbolic link',
    ],
    ['a FIFO', (path) => execFileSync('mkfifo', [path]), 'It is not a folder'],
  ])('that is %s is refused by name', async (_, put, what) => {
    const hostile = new HostileRepository(scratchFolder());
    rmSync(hostile.path('terraform'), { recursive: true });
    put(hostile.path('terraform'), hostile.outside);
    const { exitCode, stderr } = await hostile.run('update');
    expect(stderr).toContain(`error ${hostile.path('terraform')}\n  ${what}.\n`);
    expect(exitCode).toBe(2);
    expect(hostile.harm()).toEqual(hostile.noHarm);
  });
});

test('a device in the place of a file is refused by name', async () => {
  const hostile = new HostileRepository(scratchFolder());
  rmSync(hostile.path('README.md'));
  try {
    execFileSync('mknod', [hostile.path('README.md'), 'c', '1', '5'], { stdio: 'ignore' });
  } catch {
    console.warn('skipped: only root can make a device');
    return;
  }
  const { exitCode, stderr } = await hostile.run('update');
  // A disk mounted without devices does not let anybody open one.
  expect(stderr).toMatch(/^error README\.md|^error .*\/README\.md/);
  expect(exitCode).toBe(2);
});

test('a file that cannot be read is named', async () => {
  const hostile = new HostileRepository(scratchFolder());
  chmodSync(hostile.path('README.md'), 0o000);
  const { exitCode, stderr } = await hostile.run('update');
  // Root can read it, and finds it read-only.
  expect(stderr).toContain('README.md\n');
  expect(exitCode).toBe(2);
});

test.each(['explain', 'lint', 'update'])(
  '%s of a folder whose answers are a FIFO ends by itself',
  async (command) => {
    const hostile = new HostileRepository(scratchFolder());
    rmSync(hostile.path('gitlab-aws-oidc.yaml'));
    execFileSync('mkfifo', [hostile.path('gitlab-aws-oidc.yaml')]);
    const { exitCode, stderr } = await hostile.run(command, '.');
    expect(stderr).toContain('gitlab-aws-oidc.yaml\n  It is not a plain file.\n');
    expect(exitCode).toBe(2);
  },
  SOON,
);

test('a submodule of git is not entered', async () => {
  const hostile = new HostileRepository(scratchFolder(), { git: true });
  const module = hostile.path('module');
  execFileSync('git', ['init', '--quiet', module]);
  const config = (name: string, value: string) =>
    execFileSync('git', ['config', name, value], { cwd: module });
  config('core.fsmonitor', hostile.command);
  config('user.name', 'Test');
  config('user.email', 'test@example.com');
  execFileSync('git', ['-c', 'core.fsmonitor=', 'commit', '--quiet', '--allow-empty', '-m', 'x'], {
    cwd: module,
  });
  const head = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: module, encoding: 'utf8' }).trim();
  execFileSync('git', ['update-index', '--add', '--cacheinfo', `160000,${head},module`], {
    cwd: hostile.folder,
  });
  const { exitCode } = await hostile.run('update');
  expect(hostile.harm()).toEqual(hostile.noHarm);
  expect(exitCode).toBe(0);
});
