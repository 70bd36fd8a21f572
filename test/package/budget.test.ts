import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { PROGRAM } from '../support/tools/program.ts';

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/**
 * What the published package may weigh, in bytes, and how many files it may have, since npm takes more than a millisecond to
 * unpack each; to raise one is a decision.
 */
const BUDGET = { packed: 450_000, unpacked: 1_390_000, files: 30 };

let packed: Packed;

beforeAll(() => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const text = execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [only] = JSON.parse(text) as Packed[];
  if (!only) throw new Error('npm packs nothing');
  packed = only;
});

test(`it is at most ${BUDGET.packed / 1000} kB to download`, () => {
  expect(packed.size).toBeLessThanOrEqual(BUDGET.packed);
});

test(`it is at most ${BUDGET.unpacked / 1000} kB on the disk, in ${BUDGET.files} files`, () => {
  expect(packed.unpackedSize).toBeLessThanOrEqual(BUDGET.unpacked);
  expect(packed.files.length).toBeLessThanOrEqual(BUDGET.files);
});

test('it holds the program, its pages, and no code that is only for those who work on it', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toContain('dist/cli.js');
  const known =
    /^(dist\/[\w-]+\.js|dist\/(help|templates)\.txt|dist\/package\.json|package\.json|(README|SECURITY)\.md|docs\/[\w-]+\.md|LICENSE|THIRD-PARTY-LICENSES\.txt)$/;
  expect(paths.filter((path) => !known.test(path))).toEqual([]);
});

test.each(['lint', 'audit', 'compare'])(
  'the page that the help of %s names is in it',
  (command) => {
    const args = [PROGRAM, 'help', command];
    const help = execFileSync(process.execPath, args, { encoding: 'utf8' });
    const [page = ''] = /\S+\/docs\/\S+\.md/.exec(help) ?? [];
    expect(existsSync(page)).toBe(true);
    expect(packed.files.map(({ path }) => path)).toContain(relative(process.cwd(), page));
  },
);

test('it holds no page but those that help names: guides and pages on development are read in the repository', () => {
  const pages = packed.files.map(({ path }) => path).filter((path) => path.startsWith('docs/'));
  const help = ['audit', 'compare', 'doctor', 'lint'].map((command) =>
    execFileSync(process.execPath, [PROGRAM, 'help', command], { encoding: 'utf8' }),
  );
  expect(pages.filter((page) => !help.some((text) => text.includes(page)))).toEqual([]);
});

test('it installs nothing else', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
  expect(Object.keys(manifest)).not.toContain('dependencies');
});

test('the licenses of what is bundled come with it', () => {
  const text = readFileSync('THIRD-PARTY-LICENSES.txt', 'utf8');
  for (const name of ['inquirer', 'js-yaml', 'valibot'])
    expect(text).toMatch(new RegExp(`^${name} \\((MIT|ISC)\\)$`, 'm'));
  expect(
    packed.files.find(({ path }) => path === 'THIRD-PARTY-LICENSES.txt')?.size,
  ).toBeGreaterThan(10_000);
});
