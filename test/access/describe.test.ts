import { expect, test } from '@jest/globals';
import { describeCells } from '../../src/access/describe.ts';
import { cellsWhere } from '../../src/access/tokens/cells.ts';
import { dimension } from '../../src/access/tokens/dimension.ts';
import { like } from '../../src/iam/evaluate/wildcard.ts';

/** A ref, of which policies ask for these texts and patterns. */
function refs(cells: readonly (string | undefined)[], ...values: readonly string[]) {
  return dimension(
    'ref',
    'claim',
    cells,
    values.map((value) => ({
      test: { operator: /[*?]/.test(value) ? 'StringLike' : 'StringEquals', value },
      matches: (text: string) => like(value, text),
    })),
  );
}

/** The description of some values, in short: `v* but v1`. */
function description(
  of: ReturnType<typeof refs>,
  values: readonly (string | undefined)[],
  listed = false,
): unknown {
  const cells = cellsWhere(of.cells, (one) => values.includes(one));
  const found = describeCells(of, cells, listed);
  if (found?.kind !== 'tests') return found;
  const any = found.any === 'all' ? 'all' : found.any.map(({ value }) => value).join(' ');
  return found.except.length === 0
    ? any
    : `${any} but ${found.except.map(({ value }) => value).join(' ')}`;
}

const REFS = ['main', 'v1', 'v2', 'x'];

test('all values need no words', () => {
  expect(description(refs(REFS, 'main'), REFS)).toBe(undefined);
});

test('listed values are named, one of which is absence', () => {
  const levels = refs(['owner', 'guest', undefined]);
  expect(description(levels, ['guest', undefined], true)).toEqual({
    kind: 'listed',
    values: ['guest', undefined],
  });
});

test('one text is named by itself, even where a pattern matches no other value', () => {
  expect(description(refs(REFS, 'mai*', 'main'), ['main'])).toBe('main');
});

test('a text that nothing asks for is not named', () => {
  expect(description(refs(REFS, 'mai*'), ['main'])).toBe('mai*');
});

test('values are named by the widest pattern that has no other', () => {
  expect(description(refs(REFS, 'v1', 'v*', 'v2'), ['v1', 'v2'])).toBe('v*');
  expect(description(refs(REFS, 'v1', 'v*', 'main'), ['main', 'v1'])).toBe('v1 main');
});

test('a pattern that adds nothing, or matches nothing, is not named', () => {
  expect(description(refs(REFS, 'v*', 'v1', 'main', 'none'), ['main', 'v1', 'v2'])).toBe('v* main');
});

test('all but some values are named by what they are not', () => {
  expect(description(refs(REFS, 'v*', 'main'), ['main', 'x'])).toBe('all but v*');
  expect(description(refs(REFS, 'v*', 'main'), ['x'])).toBe('all but v* main');
});

test('a pattern without some of its values is named with its exceptions', () => {
  expect(description(refs(REFS, 'v*', 'v1'), ['v2'])).toBe('v* but v1');
  expect(description(refs([...REFS, 'v1a'], 'v*', 'v1*', 'v1'), ['v2'])).toBe('v* but v1*');
});

test('a pattern without values is not an exception of what it has no part in', () => {
  expect(description(refs(REFS, 'v*', 'v1', 'main'), ['v2'])).toBe('v* but v1');
});

test('values that no pattern has, among others, are given by examples', () => {
  const examples = (values: readonly string[]) => ({ kind: 'examples', values });
  // Nothing asks for one of the values of a pattern alone.
  expect(description(refs(REFS, 'v*'), ['v1'])).toEqual(examples(['v1']));
  // One of the values is outside of the pattern that the other is in.
  expect(description(refs(REFS, 'v*', 'v1'), ['v2', 'x'])).toEqual(examples(['v2', 'x']));
});

test('absence is not matched by a pattern', () => {
  const maybe = refs(['v1', 'x', undefined], 'v*', '*');
  expect(description(maybe, ['v1', 'x'])).toBe('*');
  expect(description(maybe, [undefined])).toBe('all but *');
  expect(description(maybe, ['v1', undefined])).toEqual({
    kind: 'examples',
    values: ['v1', undefined],
  });
});

test('of patterns that match the same, the plainest names the values, whichever is asked for first', () => {
  for (const [plain, other] of [
    ['v*', 'v**'],
    ['v?', '?*'],
  ] as const) {
    const within = ['v1', 'v2'];
    for (const asked of [
      [plain, other, 'v1'],
      [other, plain, 'v1'],
    ])
      expect(description(refs([...within, undefined], ...asked), within)).toBe(plain);
  }
});

test('a text rather than a number names a value, whichever is asked for first', () => {
  const tests = (['StringEquals', 'NumericEquals'] as const).map((operator) => ({
    test: { operator, value: '20' },
    matches: (text: string) => text === '20',
  }));
  const other = {
    test: { operator: 'StringLike' as const, value: '3*' },
    matches: (text: string) => text === '30',
  };
  for (const asked of [tests, tests.toReversed()]) {
    const ids = dimension('project_id', 'claim', ['20', '30', '40'], [...asked, other]);
    const found = describeCells(
      ids,
      cellsWhere(ids.cells, (one) => one !== '40'),
      false,
    );
    expect(found).toMatchObject({ any: [{ operator: 'StringEquals' }, { value: '3*' }] });
  }
});
