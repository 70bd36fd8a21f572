import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Document, parse } from 'yaml';
import { readYaml } from '../../src/answers/yaml/yaml-text.ts';

import { runs } from '../support/tools/runs.ts';

const contentOf = (text: string) => readYaml(text, 'answers.yaml').content;

describe('reads what another library reads, with which the file is edited', () => {
  test('any data, in blocks, in one line, in quotes, as JSON', () => {
    const data = fc.jsonValue({ stringUnit: 'binary' });
    const styles = fc.constantFrom(
      (value: unknown) => new Document(value).toString({ lineWidth: 0 }),
      (value: unknown) => new Document(value).toString({ lineWidth: 20 }),
      (value: unknown) => new Document(value).toString({ collectionStyle: 'flow' }),
      (value: unknown) => new Document(value).toString({ defaultStringType: 'QUOTE_SINGLE' }),
      (value: unknown) => JSON.stringify(value),
    );
    fc.assert(
      fc.property(data, styles, (value, written) => {
        const text = written(value);
        // YAML has no place for them; what this program writes has them as escapes.
        fc.pre(!/[\ufffe\uffff]/.test(text));
        expect(contentOf(text)).toEqual(parse(text));
      }),
      { numRuns: runs(300) },
    );
  });

  test.each(
    '~ null Null yes no on off y n true True TRUE .5 5. -.5 +1 1_000 012 0o17 0x1F 0b1 1e3 1E-3 -.inf .NaN 1:30 2026-11-23 << = e5 E-4 -0 00 0 0. ._'.split(
      ' ',
    ),
  )('the bare word %s', (word) => {
    expect(contentOf(`a: ${word}`)).toEqual(parse(`a: ${word}`));
    expect(contentOf(`a: "${word}"`)).toEqual({ a: word });
  });

  test('bare words of any letters and digits', () => {
    const word = fc.stringMatching(/^[-+.]?[0-9a-fA-FoxXeE_.:+-]{1,8}[0-9a-z]$/);
    fc.assert(
      fc.property(word, (text) => {
        expect(contentOf(`a: [${text}]`)).toEqual(parse(`a: [${text}]`));
      }),
      { numRuns: runs(1000) },
    );
  });
});

test('names the place of an answer, or of the nearest existing one', () => {
  const text =
    'a: "b"\n? &x "k y"\n: *x\nl: [1, !!str 2, &q {z: 1, y: [\'m\']}, *q,]\nn:\n  -\n  - a\n';
  const { positionOf } = readYaml(text, 'f');
  const places = [
    [['a'], 'f:1:1'],
    [['k y'], 'f:2:6'],
    [['l', 0], 'f:4:5'],
    [['l', 1], 'f:4:14'],
    [['l', 2], 'f:4:20'],
    [['l', 2, 'y', '0'], 'f:4:31'],
    [['l', 2, 'none', 0], 'f:4:20'],
    [['l', 3, 'z'], 'f:4:38'],
    [['n', 0, 'x'], 'f:5:1'],
    [['n', 1], 'f:7:5'],
    [['none'], undefined],
  ] as const;
  for (const [path, place] of places) expect([path, positionOf(path)]).toEqual([path, place]);
  expect(readYaml('\r\n\rb: 1', 'f').positionOf(['b'])).toBe('f:3:1');
});
