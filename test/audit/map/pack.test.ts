import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pack, type Packed, unpack } from '../../../src/audit/map/pack.ts';

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.nat(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
  ),
}));

describe('a packed value', () => {
  test('is the same when it is unpacked, after a way through JSON', () => {
    fc.assert(
      fc.property(value, (one) => {
        const again = unpack(JSON.parse(JSON.stringify(pack(one))) as Packed);
        expect(JSON.stringify(again)).toBe(JSON.stringify(one));
      }),
    );
  });

  test('holds each of its parts once', () => {
    const role = { name: 'deploy', powers: ['read', 'write'] };
    const text = JSON.stringify(pack([role, { ...role }, 'read']));
    expect(text.match(/deploy|read|powers/g)).toHaveLength(3);
  });

  test.each([-1, 0.5, NaN, undefined])('of %s does not exist', (number) => {
    expect(() => pack({ number })).toThrow(TypeError);
  });
});
