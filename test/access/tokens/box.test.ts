import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Box, intersectAll, merge, subtractAll } from '../../../src/access/tokens/box.ts';
import { TooMany } from '../../../src/access/tokens/too-many.ts';

const SIZE = 3;
/** Three dimensions of three cells each, none of them empty. */
const box: fc.Arbitrary<Box> = fc.tuple(
  ...Array.from({ length: 3 }, () => fc.integer({ min: 1, max: 2 ** SIZE - 1 }).map(BigInt)),
);
const boxes = fc.array(box, { maxLength: 4 });

/** The tokens of boxes, each by the number of its cell in every dimension. */
function tokensOf(some: readonly Box[]): string[] {
  return some
    .flatMap((cells) =>
      cells.reduce<string[]>(
        (all, set) =>
          all.flatMap((one) =>
            [0, 1, 2].filter((at) => (set >> BigInt(at)) & 1n).map((at) => `${one}${at}`),
          ),
        [''],
      ),
    )
    .sort();
}

const unique = (tokens: readonly string[]) => [...new Set(tokens)];

test('what is in one and in the other', () => {
  fc.assert(
    fc.property(boxes, boxes, (some, others) => {
      const both = tokensOf(some).filter((one) => tokensOf(others).includes(one));
      expect(unique(tokensOf(intersectAll(some, others)))).toEqual(unique(both));
    }),
  );
});

test('what is in one and in none of the others', () => {
  fc.assert(
    fc.property(boxes, boxes, (some, others) => {
      const left = tokensOf(some).filter((one) => !tokensOf(others).includes(one));
      expect(subtractAll(some, others).filter((one) => one.includes(0n))).toEqual([]);
      expect(unique(tokensOf(subtractAll(some, others)))).toEqual(unique(left));
    }),
  );
});

test('pieces of one box share no token', () => {
  fc.assert(
    fc.property(box, boxes, (one, others) => {
      const pieces = tokensOf(subtractAll([one], others));
      expect(pieces).toEqual(unique(pieces));
    }),
  );
});

test('merged boxes have the same tokens', () => {
  fc.assert(
    fc.property(boxes, (some) => {
      expect(unique(tokensOf(merge(some)))).toEqual(unique(tokensOf(some)));
      expect(merge(some).length).toBeLessThanOrEqual(some.length);
    }),
  );
});

describe('boxes that differ in one dimension', () => {
  test('become one', () => {
    expect(
      merge([
        [1n, 1n],
        [1n, 2n],
        [1n, 4n],
      ]),
    ).toEqual([[1n, 7n]]);
  });

  test('become one as well where they do so only after others have', () => {
    // The second dimension of each pair is merged first, then the pairs.
    expect(
      merge([
        [1n, 1n],
        [1n, 2n],
        [2n, 1n],
        [2n, 2n],
      ]),
    ).toEqual([[3n, 3n]]);
    expect(
      merge([
        [1n, 3n],
        [2n, 1n],
        [2n, 2n],
      ]),
    ).toEqual([[3n, 3n]]);
  });

  test('become one, others remain', () => {
    expect(
      merge([
        [1n, 1n],
        [2n, 2n],
        [1n, 4n],
      ]),
    ).toEqual([
      [1n, 5n],
      [2n, 2n],
    ]);
  });
});

describe('the bound of 50,000 boxes', () => {
  /** So many boxes, none of which shares a token with another. */
  const many = (count: number): Box[] =>
    Array.from({ length: count }, (_, at) => [
      1n << BigInt(at % 250),
      1n << BigInt((at / 250) | 0),
    ]);

  test('is one that may be reached', () => {
    const everything: Box = [(1n << 250n) - 1n, (1n << 201n) - 1n];
    expect(intersectAll(many(50_000), [everything])).toHaveLength(50_000);
    const tooMany = () => intersectAll(many(50_001), [everything]);
    expect(tooMany).toThrow(TooMany);
    expect(tooMany).toThrow('more than 50000 combinations');
  });

  test('is held where two lists are too long to be compared', () => {
    const far: Box = [1n << 300n, 1n];
    const list = (count: number) => Array.from({ length: count }, () => far);
    expect(() => intersectAll(many(1001), list(1000))).toThrow('more than 50000 combinations');
    expect(intersectAll(many(1000), list(1000))).toEqual([]);
  });

  test('is held where a box that is taken away divides others', () => {
    const shared = 1n << 400n;
    const divided = (count: number) => many(count).map((one) => one.map((cells) => cells | shared));
    // Each box leaves two pieces.
    expect(subtractAll(divided(25_000), [[shared, shared]])).toHaveLength(50_000);
    expect(() => subtractAll(divided(25_001), [[shared, shared]])).toThrow(TooMany);
  });
});
