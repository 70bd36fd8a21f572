import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));
const TESTS = fileURLToPath(new URL('..', import.meta.url));

/** What tests are about that is not a part of the source: the program as a whole, what is shipped, and what tests use. */
const BESIDE_THE_SOURCE = ['e2e', 'hostile', 'package', 'scoreboard', 'support'];
const SUPPORT = ['builders', 'stand-ins', 'tools'];

/** Folders whose files are many of one kind, each registered by one line. */
const OF_A_KIND = ['lint/rules', 'explain/hints'];

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({
    path,
    lines: readFileSync(join(SOURCE, path), 'utf8').split('\n').length - 1,
  }));

const foldersIn = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

describe('the tests of a part of the source are found by its name', () => {
  test('each folder of tests is one of the source, or is about the whole program', () => {
    const known = new Set([...foldersIn(SOURCE), ...BESIDE_THE_SOURCE]);
    expect(foldersIn(TESTS).filter((name) => !known.has(name))).toEqual([]);
  });

  test('what tests use is a builder, a stand-in or a tool', () => {
    expect(foldersIn(join(TESTS, 'support'))).toEqual(SUPPORT);
  });
});

describe('the source can be read in small pieces', () => {
  test('no file has more than 300 lines', () => {
    expect(files.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test('half of the files have at most 60 lines', () => {
    const inOrder = files.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(inOrder[Math.floor(inOrder.length / 2)]).toBeLessThanOrEqual(60);
  });

  test('no folder holds more than 20 files, unless they are many of a kind', () => {
    const counts = new Map<string, number>();
    for (const { path } of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
    const full = [...counts].filter(([folder, n]) => n > 20 && !OF_A_KIND.includes(folder));
    expect(full).toEqual([]);
  });
});

test('no name of a type stands for two things', () => {
  const places = new Map<string, string[]>();
  for (const { path } of files) {
    const text = readFileSync(join(SOURCE, path), 'utf8');
    ts.createSourceFile(path, text, ts.ScriptTarget.Latest).forEachChild((node) => {
      const isType = ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node);
      const name = isType || ts.isClassDeclaration(node) ? node.name?.text : undefined;
      if (name === undefined) return;
      const known = places.get(name) ?? [];
      if (!known.includes(path)) places.set(name, [...known, path]);
    });
  }
  expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([]);
});
