import { expect, test } from '@jest/globals';
import { parseSource, type YamlNode } from '../../../src/answers/yaml/source.ts';

/** Each node as it is written, from the outermost on. */
function written(text: string): string[] {
  const all: string[] = [];
  const take = (node: YamlNode) => {
    all.push(text.slice(node.start, node.end));
    const inner =
      node.kind === 'list'
        ? node.items.map((item) => item.node)
        : node.kind === 'map'
          ? node.pairs.flatMap(({ key, value }) => [key, value])
          : [];
    for (const one of inner) take(one);
  };
  const { root } = parseSource(text);
  if (root) take(root);
  return all.slice(1);
}

test.each([
  ['words', 'a: b # c\n', ['a', 'b']],
  ['quotes, an anchor, a tag', '"a": &x !!str \'b\' # c\n', ['"a"', "'b'"]],
  ['an alias', 'a: &x b\n? *x\n: c\n', ['a', 'b', '*x', 'c']],
  [
    'brackets',
    'a: [1, b: 2, {c: 3, }, # d ]\n ]\n',
    ['a', '[1, b: 2, {c: 3, }, # d ]\n ]', '1', 'b: 2', 'b', '2', '{c: 3, }', 'c', '3'],
  ],
  ['empty brackets', 'a: [ # b\n ]\nc: { }\n', ['a', '[ # b\n ]', 'c', '{ }']],
  ['lines', 'a: |- # why\n  b | c\n\n\nd: >\n e\n', ['a', '|- # why\n  b | c', 'd', '>\n e']],
  ['lines whose ends count', 'a: |+\n  b\n\nc: 1\n', ['a', '|+\n  b\n\n', 'c', '1']],
  [
    'nothing',
    'a:\nb: # c\n  - # d\n  - e: # f\n',
    ['a', '', 'b', '- # d\n  - e:', '', 'e:', 'e', ''],
  ],
  ['a list', 'a:\n- b\n# c\n-   - d\n', ['a', '- b\n# c\n-   - d', 'b', '- d', 'd']],
])('where %s stand', (_, text, expected) => {
  expect(written(text)).toEqual(expected);
  expect(written(text.replaceAll('\n', '\r\n'))).toEqual(
    expected.map((one) => one.replaceAll('\n', '\r\n')),
  );
});

test('where the items of a list begin, and which anchors are used', () => {
  const { root, shared } = parseSource('- &a b # -\n\n# -\n- &c\n- *a\n');
  expect(root?.kind === 'list' && root.items.map(({ dash }) => dash)).toEqual([0, 16, 21]);
  expect([...shared]).toEqual(['a']);
});

test('a text that says nothing', () => {
  expect(parseSource('# only this\n').root).toBeUndefined();
});
