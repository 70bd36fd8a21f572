import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { ProblemError, type Problem } from '../../src/text/problem.ts';
import { writeTree } from '../../src/workspace/write-tree.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const FILES = new Map([
  ['README.md', 'read me\n'],
  ['terraform/roles.tf', 'roles\n'],
  ['ci/deep/er.yml', ''],
]);

const contents = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();
const TREE = ['README.md', 'ci', 'ci/deep', 'ci/deep/er.yml', 'terraform', 'terraform/roles.tf'];
const mode = (path: string) => (statSync(path).mode & 0o7777).toString(8);

async function problemOf(act: Promise<void>): Promise<Problem | undefined> {
  try {
    await act;
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0];
    throw error;
  }
}

const umask = process.umask(0o022);
const home = process.cwd();
afterEach(() => {
  process.umask(0o022);
  process.chdir(home);
});
afterAll(() => {
  process.umask(umask);
});

describe('a tree is written to', () => {
  test('a new folder, with the text of each file', async () => {
    const parent = scratchFolder();
    await writeTree(join(parent, 'out'), FILES);
    expect(contents(join(parent, 'out'))).toEqual(TREE);
    expect(readFileSync(join(parent, 'out/terraform/roles.tf'), 'utf8')).toBe('roles\n');
    expect(readdirSync(parent)).toEqual(['out']);
  });

  test('a new folder in new folders', async () => {
    const parent = scratchFolder();
    await writeTree(join(parent, 'a/b/out'), FILES);
    expect(contents(join(parent, 'a/b/out'))).toEqual(TREE);
  });

  test('an empty folder', async () => {
    const parent = scratchFolder();
    mkdirSync(join(parent, 'out'));
    await writeTree(join(parent, 'out'), FILES);
    expect(contents(join(parent, 'out'))).toEqual(TREE);
    expect(readdirSync(parent)).toEqual(['out']);
  });

  test('a link to an empty folder, which remains a link', async () => {
    const parent = scratchFolder();
    mkdirSync(join(parent, 'real'));
    symlinkSync('real', join(parent, 'out'));
    await writeTree(join(parent, 'out'), FILES);
    expect(contents(join(parent, 'real'))).toEqual(TREE);
    expect(readdirSync(parent).sort()).toEqual(['out', 'real']);
  });

  test('the empty folder that is the current one', async () => {
    const folder = join(scratchFolder(), 'out');
    mkdirSync(folder);
    process.chdir(folder);
    await writeTree('.', FILES);
    expect(contents(folder)).toEqual(TREE);
  });

  test('a folder whose name is as long as a name may be', async () => {
    const parent = scratchFolder();
    await writeTree(join(parent, 'x'.repeat(255)), FILES);
    expect(readdirSync(parent)).toEqual(['x'.repeat(255)]);
  });
});

describe('permissions', () => {
  test.each([
    ['022', '755', '644'],
    ['077', '700', '600'],
    ['002', '775', '664'],
  ])('follow umask %s', async (mask, folders, files) => {
    const out = join(scratchFolder(), 'out');
    process.umask(parseInt(mask, 8));
    await writeTree(out, FILES);
    expect([mode(out), mode(join(out, 'terraform'))]).toEqual([folders, folders]);
    expect(mode(join(out, 'README.md'))).toBe(files);
  });

  test('of an existing empty folder are kept', async () => {
    const out = join(scratchFolder(), 'out');
    mkdirSync(out);
    chmodSync(out, 0o700);
    await writeTree(out, FILES);
    expect(mode(out)).toBe('700');
  });
});

describe('refused, and left as it was, is', () => {
  test.each<[name: string, make: (path: string) => void, what: string]>([
    [
      'a folder with something in it',
      (path) => {
        mkdirSync(path);
        writeFileSync(join(path, '.git'), '');
      },
      'the folder is not empty: it holds .git',
    ],
    [
      'a file',
      (path) => {
        writeFileSync(path, 'mine');
      },
      'it is a file, not a folder',
    ],
    [
      'a dangling link',
      (path) => {
        symlinkSync('nowhere', path);
      },
      'it is a link to something that is not there',
    ],
    [
      'a link to itself',
      (path) => {
        symlinkSync('out', path);
      },
      'it is a link that leads back to itself',
    ],
  ])('%s', async (_, make, what) => {
    const parent = scratchFolder();
    make(join(parent, 'out'));
    const before = contents(parent);
    expect(await problemOf(writeTree(join(parent, 'out'), FILES))).toMatchObject({ what });
    expect(contents(parent)).toEqual(before);
  });
});

describe('what fails names the place and the reason, and leaves nothing', () => {
  const fails = async (parent: string, target: string, files: ReadonlyMap<string, string>) => {
    const before = contents(parent);
    const problem = await problemOf(writeTree(join(parent, target), files));
    expect(contents(parent)).toEqual(before);
    return problem && { ...problem, where: problem.where.replace(`${parent}/`, '') };
  };

  test('a folder below a file', async () => {
    const parent = scratchFolder();
    writeFileSync(join(parent, 'file'), '');
    expect(await fails(parent, 'file/out', FILES)).toMatchObject({
      where: 'file/out',
      what: 'a part of the path is a file',
    });
  });

  test('a folder whose name is too long', async () => {
    const target = `new/${'x'.repeat(256)}`;
    expect(await fails(scratchFolder(), target, FILES)).toMatchObject({
      where: target,
      what: 'the name is too long',
    });
  });

  test('a file whose name is too long, after others were written', async () => {
    const name = `terraform/${'x'.repeat(256)}`;
    expect(await fails(scratchFolder(), 'new/out', new Map([...FILES, [name, '']]))).toMatchObject({
      where: `new/out/${name}`,
      what: 'the name is too long',
    });
  });

  test('a file below a file', async () => {
    const files = new Map([...FILES, ['README.md/x', '']]);
    expect(await fails(scratchFolder(), 'out', files)).toMatchObject({ where: 'out/README.md' });
  });

  test('a folder that fills while the tree is made', async () => {
    const parent = scratchFolder();
    mkdirSync(join(parent, 'out'));
    const files = new Map(FILES);
    files[Symbol.iterator] = function* () {
      writeFileSync(join(parent, 'out/mine'), '');
      yield* FILES;
      return undefined;
    };
    expect(await problemOf(writeTree(join(parent, 'out'), files))).toMatchObject({
      what: 'the folder is no longer empty',
    });
    expect(contents(parent)).toEqual(['out', 'out/mine']);
  });

  test('a full disk', async () => {
    const disk = scratchFolder();
    if (!mounted(disk)) {
      console.warn('skipped: a disk can be mounted by root only');
      return;
    }
    try {
      const files = new Map([...FILES, ['big.txt', 'x'.repeat(100_000)]]);
      expect(await fails(disk, 'new/out', files)).toEqual({
        where: 'new/out/big.txt',
        what: 'the disk is full',
        fix: 'Nothing was written. Choose another place, or fix this one',
      });
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test('a folder that is a disk of its own', async () => {
    const parent = scratchFolder();
    const disk = join(parent, 'disk');
    mkdirSync(disk);
    if (!mounted(disk)) {
      console.warn('skipped: a disk can be mounted by root only');
      return;
    }
    try {
      expect(await fails(parent, 'disk', FILES)).toMatchObject({
        where: 'disk',
        what: 'the folder is in use, or a disk is mounted there',
      });
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

function mounted(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
