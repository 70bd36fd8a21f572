import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { StringWalk } from '../../../src/aws/inputs/text/json-strings.ts';
import { parseJson } from '../../../src/aws/inputs/text/parse-json.ts';
import { runs } from '../../support/tools/runs.ts';

/** Counted from what was parsed, which has each member once. */
function stringsOf(value: unknown): number {
  if (typeof value === 'string') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  const names = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, one) => sum + stringsOf(one), names);
}

/** Counted from the text: a walk along as many strings comes to its end, and none along fewer. */
function stringsIn(text: string): number {
  for (let count = 0; ; count++)
    if (new StringWalk(text, Array<string>(count).fill('')).isWhole) return count;
}

const spaces = fc.constantFrom('', ' ', '\n', '\t', '\r\n  ');
const hostile = fc.constantFrom('":', '\\', '\\"', '":":', '{"a":1}', 'é', '\u{1f600}', ': ', '"');

test('the strings of a JSON text are counted, whatever its texts and white space are', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(json, hostile, spaces, spaces, (value, text, before, after) => {
      const whole = { [text]: [value, text, { [`${text}${text}`]: value }] };
      const plain = JSON.stringify(whole, null, before);
      expect(stringsIn(plain)).toBe(stringsOf(whole));
      const spaced = `{"a"${before}:${after}"b",${after}"c"${after}:${before}{"d"${before}:1}}`;
      expect(stringsIn(spaced)).toBe(4);
    }),
    { numRuns: runs(300) },
  );
});

test('a member that stands twice counts twice', () => {
  expect(stringsIn('{"a":1,"a":2}')).toBe(2);
});

test('a string ends at a quote that nothing escapes', () => {
  for (let slashes = 0; slashes < 9; slashes++) {
    const text = `{"${'\\\\'.repeat(slashes)}\\"" : "\u{1f600}:é\\"", "b" :"${'\\\\'.repeat(slashes)}"}`;
    expect({ slashes, strings: stringsIn(text) }).toEqual({ slashes, strings: 4 });
  }
});

test('a member that stands twice is a fault, whatever else the text holds', () => {
  const name = fc.oneof(fc.constantFrom('a', '__proto__', '0', 'toString'), hostile);
  fc.assert(
    fc.property(name, fc.jsonValue({ maxDepth: 2 }), spaces, hostile, (key, value, space, text) => {
      const member = (one: unknown) => `${JSON.stringify(key)}${space}:${JSON.stringify(one)}`;
      // Escapes for quotes make other strings of the text look shorter or longer than they are.
      const others = `${JSON.stringify(`x${text}`)}:"\\u0022\\u0022 ${'\\"'.repeat(2)}"`;
      const once = `{${member(value)},${others}}`;
      expect(parseJson(once).faults).toEqual([]);
      const twice = parseJson(`{${member(value)},${others},${member(text)}}`);
      expect(twice.faults.map(({ path }) => path)).toEqual([[key]]);
    }),
    { numRuns: runs(300) },
  );
});
