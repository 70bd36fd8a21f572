import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const PAGES = [
  'CONTRIBUTING.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** A path of this repository in a page; a test is named with or without its ending. */
const PATH = /`((?:src|test|scripts|bench|templates|generated)\/[\w./*-]+)`/g;

function exists(path: string): boolean {
  const [folder = '', start] = path.endsWith('*') ? split(path.slice(0, -1)) : [];
  if (start !== undefined) return readdirSync(folder).some((name) => name.startsWith(start));
  return existsSync(path) || existsSync(`${path}.test.ts`);
}

/** `test/e2e/doctor` is `test/e2e` and `doctor`. */
function split(path: string): readonly [folder: string, name: string] {
  const at = path.lastIndexOf('/');
  return [path.slice(0, at), path.slice(at + 1)];
}

test('the pages name paths', () => {
  const all = PAGES.flatMap((page) => [...readFileSync(page, 'utf8').matchAll(PATH)]);
  expect(all.length).toBeGreaterThan(80);
});

test.each(PAGES)('every path that %s names exists', (page) => {
  const paths = [...readFileSync(page, 'utf8').matchAll(PATH)].map(([, path = '']) => path);
  expect(paths.filter((path) => !exists(path))).toEqual([]);
});
