import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { conflictLine, mergeText } from '../../src/workspace/merge-text.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const lines = (...each: string[]) => each.map((line) => `${line}\n`).join('');

describe('two changes of one text', () => {
  const base = lines('a', 'b', 'c', 'd', 'e');

  test('in different places are both there', () => {
    expect(
      mergeText(base, lines('a', 'mine', 'b', 'c', 'd', 'e'), lines('a', 'b', 'c', 'E')),
    ).toEqual({ text: lines('a', 'mine', 'b', 'c', 'E'), conflicts: 0 });
  });

  test('that are the same are there once', () => {
    const both = lines('a', 'B', 'c', 'd', 'e');
    expect(mergeText(base, both, both)).toEqual({ text: both, conflicts: 0 });
  });

  test('of one line stand between markers', () => {
    const { text, conflicts } = mergeText(
      base,
      lines('a', 'mine', 'c', 'd', 'e'),
      lines('a', 'theirs', 'c', 'd', 'e'),
    );
    expect(conflicts).toBe(1);
    expect(text).toBe(
      lines('a', '<<<<<<< yours', 'mine', '=======', 'theirs', '>>>>>>> generated', 'c', 'd', 'e'),
    );
    expect(conflictLine(text)).toBe(2);
  });

  test('of a last line without an end keep the markers on lines of their own', () => {
    expect(mergeText('a\nb', 'a\nmine', 'a\ntheirs').text).toBe(
      lines('a', '<<<<<<< yours', 'mine', '=======', 'theirs', '>>>>>>> generated'),
    );
  });

  test('whose origin is not known conflict where they differ, and only there', () => {
    expect(mergeText(undefined, lines('a', 'mine'), lines('a', 'theirs'))).toEqual({
      text: lines('a', '<<<<<<< yours', 'mine', '=======', 'theirs', '>>>>>>> generated'),
      conflicts: 1,
    });
  });
});

test('a row of equals signs, as of a heading, is not an open conflict', () => {
  expect(conflictLine(lines('Heading', '======='))).toBeUndefined();
});

/** Edits of a text: each line is kept, goes, is replaced, or gets another before it. */
const edits = (length: number, side: string) =>
  fc
    .array(fc.constantFrom('keep', 'keep', 'keep', 'keep', 'drop', 'replace', 'insert'), {
      minLength: length,
      maxLength: length,
    })
    .map(
      (kinds) => (each: readonly string[]) =>
        each.flatMap((line, index) => {
          const own = `${side}${index}\n`;
          switch (kinds[index]) {
            case 'drop':
              return [];
            case 'replace':
              return [own];
            case 'insert':
              return [own, line];
            default:
              return [line];
          }
        }),
    );

const three = fc.integer({ min: 0, max: 12 }).chain((length) => {
  const base = Array.from({ length }, (_, index) => `line ${index}\n`);
  return fc
    .tuple(edits(length, 'mine'), edits(length, 'theirs'))
    .map(([mine, theirs]) => [base, mine(base), theirs(base)].map((text) => text.join('')));
});

test('git merges the same, and finds conflicts in the same texts', () => {
  const folder = scratchFolder();
  const names = ['yours', 'base', 'generated'].map((name) => join(folder, name));
  fc.assert(
    fc.property(three, ([base = '', mine = '', theirs = '']) => {
      [mine, base, theirs].forEach((text, index) => {
        writeFileSync(names[index] ?? '', text);
      });
      const git = spawnSync('git', ['merge-file', '-p', ...names], { encoding: 'utf8' });
      const { text, conflicts } = mergeText(base, mine, theirs);
      expect(conflicts > 0).toBe(git.status !== 0);
      if (conflicts === 0) expect(text).toBe(git.stdout);
    }),
    { numRuns: 150 },
  );
});

test('one side alone is taken as it is, whatever the lines', () => {
  const text = fc.array(fc.constantFrom('}\n', '{\n', 'x\n', 'y'), { maxLength: 20 });
  fc.assert(
    fc.property(text, text, (base, edited) => {
      const [before, after] = [base.join(''), edited.join('')];
      expect(mergeText(before, after, before)).toEqual({ text: after, conflicts: 0 });
      expect(mergeText(before, before, after)).toEqual({ text: after, conflicts: 0 });
    }),
  );
});

test('thirty thousand lines that are much alike are merged in less than a second', () => {
  const role = lines('resource {', '  name = "x"', '  policy = {', '    a', '  }', '}');
  const base = role.repeat(5000);
  const half = base.length / 2;
  const mine = `# mine\n${base}`;
  const theirs = base.slice(0, half) + role + base.slice(half);
  const started = performance.now();
  expect(mergeText(base, mine, theirs)).toEqual({ text: `# mine\n${theirs}`, conflicts: 0 });
  expect(performance.now() - started).toBeLessThan(1000);
});

describe('texts in which very much differs', () => {
  const roles = (count: number, word: string) =>
    Array.from({ length: count }, (_, n) => `role ${n}\n  ${word}\n\n`).join('');

  test('are merged without a conflict where both sides changed other places', () => {
    const yours = `# by hand\n${roles(4000, 'old')}`;
    expect(mergeText(roles(4000, 'old'), yours, roles(4000, 'new'))).toEqual({
      text: `# by hand\n${roles(4000, 'new')}`,
      conflicts: 0,
    });
  });

  test('with nothing but blank lines in common end soon', () => {
    const apart = (word: string) => `${word}\n\n`.repeat(20_000);
    const started = performance.now();
    expect(mergeText(apart('a'), apart('b'), apart('c')).conflicts).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
