import { execFile, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, test } from '@jest/globals';
import { goldenFolder } from '../support/builders/goldens.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const answers = join(process.cwd(), goldenFolder('quickstart'), 'gitlab-aws-oidc.yaml');
const create = ['--dry-run', '--json', '--config', answers];

/** A package of its own, as npm installs it. */
let folder: string;

beforeEach(() => {
  folder = scratchFolder();
  cpSync(dirname(PROGRAM), join(folder, 'dist'), { recursive: true });
});

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const program = join(folder, 'dist/cli.js');
  return spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

/** What is kept: path in the package to content. */
function kept(): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes('.cache'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.sort().map((path) => [path.slice(folder.length), readFileSync(path)]));
}

test('what a run compiled is kept in the package, by version of Node and by command, and serves the next run', () => {
  const first = run(create);
  const after = kept();
  const place = `/.cache/${process.version}-${process.arch}/create/`;
  expect([...after.keys()].map((path) => path.replace(/-[\w-]{8}\.js$/, ''))).toEqual([
    `${place}create`,
    `${place}policy`,
    `${place}rolldown-runtime`,
  ]);
  const second = run(create);
  expect(second).toMatchObject({ status: 0, stdout: first.stdout, stderr: '' });
  expect(kept()).toEqual(after);
});

test('the folder of the system’s temporary files, which others can write to, is not used', () => {
  const temporary = scratchFolder();
  run(create, { TMPDIR: temporary });
  expect(readdirSync(temporary)).toEqual([]);
});

test('a run that fails keeps nothing, as it has not done all that the next one does', () => {
  expect(run(['--config', join(folder, 'missing.yaml')]).status).toBe(2);
  expect(kept().size).toBe(0);
});

test('NODE_DISABLE_COMPILE_CACHE turns it off', () => {
  expect(run(create, { NODE_DISABLE_COMPILE_CACHE: '1' }).status).toBe(0);
  expect(kept().size).toBe(0);
});

test('a place that cannot be written to is passed over', () => {
  writeFileSync(join(folder, '.cache'), '');
  expect(run(create)).toMatchObject({ status: 0, stderr: '' });
});

test.each<[what: string, damage: (path: string) => void]>([
  [
    'empty',
    (path) => {
      truncateSync(path);
    },
  ],
  [
    'cut off',
    (path) => {
      truncateSync(path, 1000);
    },
  ],
  [
    'all zeros',
    (path) => {
      writeFileSync(path, Buffer.alloc(readFileSync(path).length));
    },
  ],
  [
    'of another version of V8',
    (path) => {
      writeFileSync(path, other(readFileSync(path)));
    },
  ],
])('a file that is %s is made anew', (_, damage) => {
  run(create);
  const good = kept();
  for (const path of good.keys()) damage(join(folder, path));
  expect(kept()).not.toEqual(good);
  expect(run(create)).toMatchObject({ status: 0, stderr: '' });
  expect([...kept()].map(([path, content]) => [path, content.length > 1000])).toEqual(
    [...good.keys()].map((path) => [path, true]),
  );
});

/** The second word of what V8 keeps is a hash of its version. */
function other(content: Buffer): Buffer {
  const changed = Buffer.from(content);
  changed.writeUInt32LE((content.readUInt32LE(4) + 1) >>> 0, 4);
  return changed;
}

test('eight first runs at once leave whole files and nothing beside them', async () => {
  const program = join(folder, 'dist/cli.js');
  await Promise.all(
    Array.from({ length: 8 }, () =>
      promisify(execFile)(process.execPath, [program, ...create], { encoding: 'utf8' }),
    ),
  );
  expect(kept().size).toBe(3);
  expect(run(create).status).toBe(0);
});
