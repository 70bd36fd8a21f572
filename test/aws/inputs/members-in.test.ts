import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { membersIn } from '../../../src/aws/inputs/text/members-in.ts';
import { runs } from '../../support/tools/runs.ts';

/** Counted from what was parsed, which has each member once. */
function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, one) => sum + membersOf(one), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

const spaces = fc.constantFrom('', ' ', '\n', '\t', '\r\n  ');

test('the members of a JSON text are counted, whatever its texts and white space are', () => {
  const hostile = fc.constantFrom('":', '\\', '\\"', '":":', '{"a":1}', 'é', '\u{1f600}', ': ');
  const json = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(json, hostile, spaces, spaces, (value, text, before, after) => {
      const whole = { [text]: [value, text, { [`${text}${text}`]: value }] };
      const plain = JSON.stringify(whole, null, before);
      expect(membersIn(plain)).toBe(membersOf(whole));
      const spaced = `{"a"${before}:${after}"b",${after}"c"${after}:${before}{"d"${before}:1}}`;
      expect(membersIn(spaced)).toBe(3);
    }),
    { numRuns: runs(300) },
  );
});

test('a member that stands twice counts twice', () => {
  expect(membersIn('{"a":1,"a":2}')).toBe(2);
});

test('a piece may end anywhere: in a text, in an escape, before a colon', () => {
  for (let at = 65_525; at < 65_540; at++) {
    const text = `{${' '.repeat(at)}"k\\"e\\\\y" : "\u{1f600}:é\\"", "b" :1}`;
    expect({ at, members: membersIn(text) }).toEqual({ at, members: 2 });
  }
});
