import { describe, expect, test } from '@jest/globals';
import { parse, parseDocument } from 'yaml';
import { committedFiles, GOLDENS } from '../support/goldens.ts';

const FILES = ['.gitlab-ci.yml', 'ci/assume-role.gitlab-ci.yml'];
const cases = GOLDENS.flatMap((golden) => FILES.map((file) => ({ golden, file })));

/** GitLab's own tag, in place of another job's lines. */
const reference = { tag: '!reference', collection: 'seq' as const };

describe.each(cases)('$file of $golden', ({ golden, file }) => {
  const text = committedFiles(golden).get(file) ?? '';

  test('is YAML without error, warning or repeated key', () => {
    const document = parseDocument(text, {
      strict: true,
      uniqueKeys: true,
      customTags: [reference],
    });
    expect([...document.errors, ...document.warnings]).toEqual([]);
  });

  test('says the same to a reader of YAML 1.1, as GitLab’s is, and of 1.2', () => {
    const read = (version: '1.1' | '1.2') =>
      parse(text, { version, customTags: [reference] }) as unknown;
    expect(read('1.1')).toEqual(read('1.2'));
  });

  test('has no tab, no blank at the end of a line, no line without content at its end', () => {
    expect(text).not.toMatch(/\t|[ ]$|\n\n$/m);
    expect(text.endsWith('\n')).toBe(true);
  });
});
