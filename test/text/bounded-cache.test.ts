import { expect, test } from '@jest/globals';
import { beginPart, BoundedCache } from '../../src/text/bounded-cache.ts';

test('a value is made once for its key, even if it is undefined', () => {
  const cache = new BoundedCache<string | undefined>(2);
  let made = 0;
  const make = () => {
    made += 1;
    return undefined;
  };
  expect([cache.of('a', make), cache.of('a', make), made]).toEqual([undefined, undefined, 1]);
});

test('a full cache begins again', () => {
  const cache = new BoundedCache<number>(2);
  expect(['a', 'b', 'c', 'a'].map((key, at) => cache.of(key, () => at))).toEqual([0, 1, 2, 3]);
  expect(cache.of('c', () => 4)).toBe(2);
});

test('what only one part of an input asks for is given up, what two in a row ask for is kept', () => {
  const cache = new BoundedCache<number>(10);
  const ask = (key: string, value: number) => cache.of(key, () => value);
  beginPart();
  expect([ask('own', 1), ask('common', 1)]).toEqual([1, 1]);
  beginPart();
  expect(ask('common', 2)).toBe(1);
  beginPart();
  beginPart();
  expect([ask('own', 3), ask('common', 3)]).toEqual([3, 1]);
});

test('what parts have in common is bounded, too', () => {
  const cache = new BoundedCache<number>(2);
  const keys = ['a', 'b', 'c'];
  const rounds = Array.from({ length: 4 }, (_, round) =>
    keys.map((key) => {
      beginPart();
      cache.of(key, () => round);
      beginPart();
      return cache.of(key, () => round);
    }),
  );
  // Of three keys in turn, two fit: the third is made again, and begins again.
  expect(rounds[3]).not.toEqual([0, 0, 0]);
});
