import { expect, test } from '@jest/globals';
import { BoundedCache } from '../../src/text/bounded-cache.ts';

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
