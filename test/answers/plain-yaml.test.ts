import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readPlainYaml } from '../../src/answers/yaml/plain.ts';
import { readYaml } from '../../src/answers/yaml/yaml-text.ts';

/** Every path to something in what a text holds, and one beside each. */
function pathsIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  const isObject = typeof value === 'object' && value !== null;
  const children = isObject ? Object.entries(value) : [];
  return [
    path,
    [...path, 'absent'],
    ...children.flatMap(([key, child]) =>
      pathsIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** What both read where the plain reader takes a text: the same, at the same places. */
function expectEqual(text: string): boolean {
  const plain = readPlainYaml(text, 'a.yaml');
  if (plain === undefined) return false;
  const { content, changedNumber, positionOf } = readYaml(text, 'a.yaml');
  expect(plain.content).toEqual(content);
  expect(changedNumber).toBeUndefined();
  for (const path of pathsIn(content)) expect(plain.positionOf(path)).toBe(positionOf(path));
  return true;
}

describe('a text that the plain reader takes is read as the library reads it', () => {
  test.each(readdirSync('generated'))('the answers of %s', (name) => {
    const isTaken = expectEqual(readFileSync(`generated/${name}/gitlab-aws-oidc.yaml`, 'utf8'));
    if (name === 'quickstart') expect(isTaken).toBe(true);
  });

  test.each([
    'roles:\n- a: b\n  c:\n  - x\n  - z\nnext: 1\n',
    'a: { b: [x, { c: "d: e" }], d: {} }\nf: []\n',
    '# about\n\nurl: https://gitlab.com:8443/a\nid: 20\nno: word\n'.replace('no:', 'not:'),
    "a: 'it # is'\nb: two words\nc: true\n",
    '  a: 1\n  b:\n      c: d\n',
    '- a\n- b: c\n',
  ])('%j', (text) => {
    expect(expectEqual(text)).toBe(true);
  });

  const word = fc.oneof(
    fc.constantFrom(
      'a',
      'main',
      'a/b',
      '20',
      '020',
      '1e3',
      'true',
      'yes',
      '~',
      'null',
      'a: b',
      'a #b',
      '- a',
      'a:b',
      '',
      '"',
      "'",
      '{',
      '*',
      '&x',
      '!t',
      'a,b',
      'a]',
      '0x1f',
      '1.5',
      '2020-01-01',
      '<<',
    ),
    fc.string({ maxLength: 6 }),
  );
  const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      word,
      fc.nat(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.oneof(fc.constantFrom('a', 'b', 'c-d', 'roles', 'true', 'y'), word),
        tie('value'),
        { maxKeys: 3 },
      ),
    ),
  })).value;

  test('whatever the library writes, in blocks or on one line', () => {
    fc.assert(
      fc.property(values, fc.nat(3), fc.boolean(), (value, indent, isFlow) => {
        expectEqual(
          stringify(value, { indent: indent + 1, collectionStyle: isFlow ? 'flow' : 'any' }),
        );
      }),
      { numRuns: 500 },
    );
  });

  const said = fc.constantFrom(
    ...[
      'a: 1',
      'b:',
      'c: x y',
      'd: [x, z]',
      'e: { f: x, g: [] }',
      'h: {i:j}',
      'k: "l"',
      'a:b',
      'm',
    ],
    ...[
      '- a',
      '- b: 1',
      '- - c',
      '-',
      '- d:',
      '- [e]',
      '# f',
      'g # h',
      'i: |',
      '? j',
      '',
      'k: :l',
      'm: 0o7',
    ],
  );
  const line = fc.tuple(fc.nat(4), said).map(([indent, text]) => ' '.repeat(indent) + text);

  test('whatever lines come to, however they are indented', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const text = lines.join('\n');
        if (readPlainYaml(text, 'a.yaml') && expectEqual(text)) taken++;
      }),
      { numRuns: 5000 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});

test.each([
  ['an empty text', ''],
  ['no mapping or list', 'word'],
  ['a key twice', 'a: 1\na: 2\n'],
  ['a key without a value', 'a:\nb: 1\n'],
  ['a value on two lines', 'a: one\n  two\n'],
  ['a number that would change', 'a: 020\n'],
  ['a word that is none', 'a: null\n'],
  ['an escape', 'a: "\\n"\n'],
  ['a comment behind a value', 'a: b # c\n'],
  ['an alias', 'a: &x b\nc: *x\n'],
  ['a tab', 'a:\tb\n'],
  ['two documents', 'a: b\n---\na: c\n'],
  ['lists that are too deep for it', `a: ${'['.repeat(60)}${']'.repeat(60)}\n`],
  [
    'blocks that are too deep for it',
    Array.from({ length: 60 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
  ],
])('%s is left to the library', (_, text) => {
  expect(readPlainYaml(text, 'a.yaml')).toBeUndefined();
});
