import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { gitOrigin } from '../../src/workspace/git.ts';
import { HostileRepository, SECRETS } from '../support/builders/hostile-repository.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

/** Makes git look for an object that it does not have: the id under which an edited file was generated. */
function withUnknownId({ repository }: HostileRepository): void {
  const lock = JSON.parse(repository.read('gitlab-aws-oidc.lock.json')) as {
    files: Record<string, string>;
  };
  lock.files['README.md'] = '0123456789abcdef0123456789abcdef01234567';
  repository.write('gitlab-aws-oidc.lock.json', `${JSON.stringify(lock, null, 2)}\n`);
}

describe('a folder that is a repository of git by what is in it', () => {
  /** Puts what is in `.git` beside the files, as a clone can bring it. */
  function bare(): HostileRepository {
    const hostile = new HostileRepository(scratchFolder(), { git: true });
    cpSync(hostile.path('.git'), hostile.folder, { recursive: true });
    rmSync(hostile.path('.git'), { recursive: true });
    writeFileSync(
      hostile.path('config'),
      `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = "."\n\tfsmonitor = "${hostile.command}"\n`,
    );
    return hostile;
  }

  test.each([
    [['update', '--check'], 1],
    [['update', '--dry-run'], 0],
    [['update'], 0],
    [['add', 'branch', 'next'], 0],
    [['remove', 'branch', 'release', '--dry-run'], 2],
  ] as const)('%j runs nothing of it', async (args, expected) => {
    const hostile = bare();
    const { exitCode } = await hostile.run(...args);
    expect(hostile.harm()).toEqual(hostile.noHarm);
    expect(exitCode).toBe(expected);
  });
});

/** Every setting of `.git/config` that names a program; an archive can bring that file. */
const SETTINGS: readonly (readonly [name: string, config: (command: string) => string])[] = [
  ['core.fsmonitor', (c) => `[core]\nfsmonitor = ${c}`],
  ['core.pager', (c) => `[core]\npager = ${c}\n[pager]\nls-tree = ${c}\ncat-file = ${c}`],
  ['core.editor', (c) => `[core]\neditor = ${c}\n[sequence]\neditor = ${c}`],
  ['core.askPass', (c) => `[core]\naskPass = ${c}`],
  ['core.sshCommand', (c) => `[core]\nsshCommand = ${c}\n${promisor('ssh://host.invalid/x')}`],
  ['core.gitProxy', (c) => `[core]\ngitProxy = ${c}\n${promisor('git://host.invalid/x')}`],
  ['core.alternateRefsCommand', (c) => `[core]\nalternateRefsCommand = ${c}`],
  ['credential.helper', (c) => `[credential]\nhelper = "!${c}"\n${promisor('http://127.0.0.1:9')}`],
  ['diff.external', (c) => `[diff]\nexternal = ${c}`],
  ['diff.*.textconv', (c) => `[diff "x"]\ntextconv = ${c}\ncommand = ${c}`],
  ['filter.*.clean', (c) => `[filter "x"]\nclean = ${c}\nsmudge = ${c}\nrequired = true`],
  ['filter.*.process', (c) => `[filter "x"]\nprocess = ${c}\nrequired = true`],
  ['gpg.program', (c) => `[gpg]\nprogram = ${c}\n[log]\nshowSignature = true`],
  ['alias.*', (c) => `[alias]\ncat-file = "!${c}"\nls-tree = "!${c}"\nstatus = "!${c}"`],
  ['merge.*.driver', (c) => `[merge "x"]\ndriver = ${c}`],
  ['uploadpack of a remote', (c) => `${promisor('.')}\nuploadpack = ${c}`],
  ['vcs of a remote', () => `${promisor('.')}\nvcs = ext`],
  ['a remote that is a command', (c) => promisor(`ext::${c}`)],
  ['uploadpack.packObjectsHook', (c) => `[uploadpack]\npackObjectsHook = ${c}`],
];

/** A remote that git asks for each object that is not here. */
function promisor(url: string): string {
  return `[extensions]\npartialClone = origin\n[protocol "ext"]\nallow = always\n[remote "origin"]\npromisor = true\nurl = ${url}`;
}

describe('a setting in .git/config', () => {
  function configured(config: (command: string) => string): HostileRepository {
    const hostile = new HostileRepository(scratchFolder(), { git: true });
    withUnknownId(hostile);
    writeFileSync(hostile.path('.git/info/attributes'), '* filter=x diff=x merge=x\n');
    execFileSync('git', ['remote', 'remove', 'origin'], { cwd: hostile.folder });
    execFileSync('git', ['config', 'core.repositoryFormatVersion', '1'], { cwd: hostile.folder });
    appendFileSync(hostile.path('.git/config'), `${config(hostile.command)}\n`);
    return hostile;
  }

  test.each(SETTINGS)('%s is not followed', async (_, config) => {
    const hostile = configured(config);
    const { exitCode } = await hostile.run('update', '--dry-run');
    expect(hostile.harm()).toEqual(hostile.noHarm);
    expect(exitCode).toBe(0);
    expect((await hostile.run('update')).exitCode).toBe(0);
    expect(hostile.harm()).toEqual(hostile.noHarm);
  });

  test('hooks are not run', async () => {
    const hostile = configured((command) => `[core]\nhooksPath = ${join(command, '../hooks')}`);
    mkdirSync(join(hostile.command, '../hooks'));
    for (const hook of ['post-index-change', 'reference-transaction', 'fsmonitor-watchman']) {
      for (const folder of [join(hostile.command, '../hooks'), hostile.path('.git/hooks')]) {
        cpSync(hostile.command, join(folder, hook));
      }
    }
    expect((await hostile.run('update')).exitCode).toBe(0);
    expect(hostile.harm()).toEqual(hostile.noHarm);
  });

  test('a FIFO that it includes is waited for at most ten seconds', async () => {
    const hostile = configured(() => '[include]\npath = fifo');
    execFileSync('mkfifo', [hostile.path('.git/fifo')]);
    const { exitCode, stderr } = await hostile.run('update', '--dry-run');
    expect(stderr).toBe(
      `error ${hostile.folder}\n  Git did not answer within 10 seconds.\n  Look for a file in its settings that it waits for, such as \`include.path\` in .git/config.\n`,
    );
    expect(exitCode).toBe(2);
  });
});

test('a program named git in the repository is not run, wherever PATH says to look', async () => {
  const hostile = new HostileRepository(scratchFolder(), { git: true });
  const folders = ['.', 'bin', 'node_modules/.bin'];
  for (const folder of folders) {
    mkdirSync(hostile.path(folder), { recursive: true });
    cpSync(hostile.command, hostile.path(folder, 'git'));
  }
  const path = ['.', '', 'bin', ...folders.map((folder) => hostile.path(folder))].join(':');
  const { exitCode } = await run(['update'], hostile.folder, undefined, {
    ...SECRETS,
    PATH: `${path}:${process.env['PATH'] ?? ''}`,
  });
  expect(hostile.harm()).toEqual(hostile.noHarm);
  expect(exitCode).toBe(0);
});

describe('the address of the remote', () => {
  test('is the one that git has', () => {
    const hostile = new HostileRepository(scratchFolder(), { git: true });
    expect(gitOrigin(hostile.folder)).toBe('git@gitlab.com:mygroup/myproject.git');
  });

  test('is looked up without running anything', () => {
    const hostile = new HostileRepository(scratchFolder(), { git: true });
    appendFileSync(
      hostile.path('.git/config'),
      `[core]\nfsmonitor = ${hostile.command}\nsshCommand = ${hostile.command}\n[remote "origin"]\nvcs = ext\nuploadpack = ${hostile.command}\n`,
    );
    gitOrigin(hostile.folder);
    expect(hostile.harm()).toEqual(hostile.noHarm);
  });
});
