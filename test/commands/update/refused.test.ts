import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { hasJournal } from '../../../src/workspace/transaction/journal.ts';
import { acquire, release } from '../../../src/workspace/transaction/lock.ts';
import { IN_REPOSITORY, transactionFolder } from '../../../src/workspace/transaction/place.ts';
import { GeneratedRepository } from '../../support/builders/generated-repository.ts';
import { filesIn } from '../../support/builders/goldens.ts';
import { killedAt } from '../../support/tools/killed-at.ts';
import { run } from '../../support/tools/program.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

/** The quickstart with answers that say something new. */
function changed(): GeneratedRepository {
  const repository = GeneratedRepository.of('quickstart', join(scratchFolder(), 'repository'));
  repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
  return repository;
}

/** Expects an update to write nothing and say why. */
async function refused(repository: GeneratedRepository, where: string, what: string) {
  const before = filesIn(repository.folder);
  const { exitCode, stderr } = await repository.update();
  expect(stderr).toMatch(new RegExp(`^error .*${where}\n {2}${what}`));
  expect(exitCode).toBe(2);
  expect(filesIn(repository.folder)).toEqual(before);
}

describe('links are not followed', () => {
  test('in the place of a file', async () => {
    const repository = changed();
    const roles = join(repository.folder, 'terraform/roles.tf');
    renameSync(roles, join(repository.folder, '../roles.tf'));
    symlinkSync('../../roles.tf', roles);
    await refused(repository, 'terraform/roles.tf', 'It is a symbolic link');
  });

  test('in the place of a folder', async () => {
    const repository = changed();
    const folder = join(repository.folder, 'terraform');
    renameSync(folder, join(repository.folder, '../elsewhere'));
    symlinkSync('../elsewhere', folder);
    await refused(repository, 'terraform', 'It is a symbolic link');
  });

  test('in the place of the answers', async () => {
    const repository = changed();
    const answers = join(repository.folder, 'gitlab-aws-oidc.yaml');
    renameSync(answers, join(repository.folder, '../answers.yaml'));
    symlinkSync('../answers.yaml', answers);
    await refused(repository, 'gitlab-aws-oidc.yaml', 'It is a symbolic link');
  });
});

test.each(['../outside.txt', '/etc/passwd', '.git/config', 'terraform/../../outside.txt', 'C:\\x'])(
  'a lock file that names %s is refused',
  async (path) => {
    const repository = changed();
    writeFileSync(join(repository.folder, '../outside.txt'), '');
    repository.edit(
      'gitlab-aws-oidc.lock.json',
      '"files": {',
      // The id of an empty file: it would be removed as one that nobody touched.
      `"files": { ${JSON.stringify(path)}: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",`,
    );
    await refused(repository, 'gitlab-aws-oidc.lock.json', '.*is not the path of a generated file');
    expect(readdirSync(join(repository.folder, '..'))).toContain('outside.txt');
  },
);

test('a lock file that is none is refused', async () => {
  const repository = changed();
  repository.write('gitlab-aws-oidc.lock.json', '<<<<<<< yours\n');
  await refused(repository, 'gitlab-aws-oidc.lock.json', 'It does not say what was generated last');
});

describe('a file that cannot be written is named', () => {
  test('read-only', async () => {
    const repository = changed();
    chmodSync(join(repository.folder, 'terraform/roles.tf'), 0o444);
    await refused(repository, 'terraform/roles.tf', 'The file is read-only');
  });

  test('a folder in its place', async () => {
    const repository = changed();
    unlinkSync(join(repository.folder, 'terraform/roles.tf'));
    mkdirSync(join(repository.folder, 'terraform/roles.tf'));
    await refused(repository, 'terraform/roles.tf', 'It is not a plain file');
  });

  test('not text', async () => {
    const repository = changed();
    writeFileSync(join(repository.folder, 'README.md'), Buffer.from([0x4d, 0xfc, 0x0a]));
    await refused(repository, 'README.md', 'It is not text in UTF-8');
  });

  test('on a full disk', async () => {
    const disk = scratchFolder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', disk], { stdio: 'ignore' });
    } catch {
      console.warn('skipped: a disk can be mounted by root only');
      return;
    }
    try {
      const repository = GeneratedRepository.of('quickstart', join(disk, 'repository'));
      repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
      const room =
        256 * 1024 - Number(execFileSync('du', ['-sb', disk], { encoding: 'utf8' }).split('\t')[0]);
      for (let size = room; size > 4096; size -= 4096) {
        try {
          writeFileSync(join(disk, 'ballast'), 'x'.repeat(size));
          break;
        } catch {
          // Folders and part-filled pages take room too.
        }
      }
      await refused(
        repository,
        '(README.md|lib/gitlab-oidc-stack.ts|repository)',
        'The disk is full',
      );
      rmSync(join(disk, 'ballast'));
      expect((await repository.update()).exitCode).toBe(0);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

describe('two runs', () => {
  test('exclude each other: the second says who has it', async () => {
    const repository = changed();
    const lock = acquire(realpathSync(repository.folder));
    await refused(
      repository,
      IN_REPOSITORY,
      `Another update of this repository is going on \\(process ${process.pid}`,
    );
    release(lock);
    expect((await repository.update()).exitCode).toBe(0);
  });

  test('at once: each ends well or says that it is excluded, and the tree is the new one', async () => {
    const repository = changed();
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => run(['update'], repository.folder)),
    );
    for (const { exitCode, stderr } of runs) {
      if (exitCode !== 0) expect(stderr).toContain('Another update of this repository is going on');
    }
    expect(runs.some(({ exitCode }) => exitCode === 0)).toBe(true);
    expect((await repository.update()).stdout).toContain('Nothing to change');
    expect(readdirSync(repository.folder).filter((name) => name.startsWith(IN_REPOSITORY))).toEqual(
      [],
    );
  });

  test('one after another that was killed: the lock of the dead is inherited', async () => {
    const repository = changed();
    const folder = transactionFolder(realpathSync(repository.folder));
    // The first changes of the disk make the lock; a text to write comes later.
    await killedAt(KILLED_WITH_LOCK, repository.folder);
    expect(existsSync(folder)).toBe(true);
    expect(hasJournal(folder)).toBe(false);
    expect((await repository.update()).exitCode).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });
});

/** A change of the disk that an update makes when it has the lock and nothing is decided. */
const KILLED_WITH_LOCK = 12;
