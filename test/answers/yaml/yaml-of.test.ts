import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { parse } from 'yaml';
import { yamlInBrackets, yamlLines, yamlText } from '../../../src/answers/yaml/yaml-of.ts';
import { runs } from '../../support/tools/runs.ts';

/** How two libraries, and two versions of YAML, read a text. */
const READERS: readonly ((text: string) => unknown)[] = [
  (text) => parse(text, { version: '1.1', merge: false }) as unknown,
  (text) => parse(text, { version: '1.2' }) as unknown,
  (text) => load(text, { schema: YAML11_SCHEMA }),
  (text) => load(text, { schema: CORE_SCHEMA }),
];

/** The pieces of which words are made that are not text, or that are syntax. */
const PIECES =
  '~ null Null yes N on OFF true .inf NaN - + . .. --- 0 1 9 07 0x1F 0b1 0o7 _ , : e E ? # & * ! | > % @ ` " \' { } [ ] << = a é 2026-11-23 T 12:30'.split(
    ' ',
  );
const text = fc.oneof(
  fc
    .array(fc.constantFrom(...PIECES, ' ', '\n', '\t', '\u00a0', '\ud800'), { maxLength: 5 })
    .map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(
      text.filter((name) => name !== '__proto__'),
      tie('data'),
      { maxKeys: 3, noNullPrototype: true },
    ),
  ),
}));

describe('is read as the data that was written, by each library and version', () => {
  test('in block style', () => {
    fc.assert(
      fc.property(data, (value) => {
        for (const read of READERS) expect(read(yamlText(value))).toEqual(value);
      }),
      { numRuns: runs(400) },
    );
  });

  test('in brackets', () => {
    fc.assert(
      fc.property(data, (value) => {
        for (const read of READERS) expect(read(`[${yamlInBrackets(value)}]`)).toEqual([value]);
      }),
      { numRuns: runs(400) },
    );
  });
});

test.each([
  [
    'no quotes where none are needed',
    ['main', 'v*', '/app/*', 'a{b}, c', 'arn:aws:iam::1:role/x', '1.2.3', '-x', 'é'],
  ],
])('%s', (_, texts) => {
  expect(yamlLines(texts)).toEqual(texts.map((one) => `- ${one}`));
});

test('lists and mappings inside each other, empty ones and answers that are left out', () => {
  const value = { a: [{ b: 1, c: ['x', []] }, [['z'], {}]], d: {}, e: undefined, f: { g: null } };
  expect(yamlText(value)).toBe(`a:
  - b: 1
    c:
      - x
      - []
  - - - z
    - {}
d: {}
f:
  g: null
`);
  expect(yamlInBrackets(value)).toBe(
    '{ a: [ { b: 1, c: [ x, [] ] }, [ [ z ], {} ] ], d: {}, f: { g: null } }',
  );
});
