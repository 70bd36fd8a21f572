import fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { memberTwice, readJson } from '../../src/text/json-text.ts';

/** JSON of any kind, strings of any characters, with any of the white space that JSON allows. */
const TEXTS = fc
  .tuple(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 1, '\t'))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

test('any JSON of JSON.stringify is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(TEXTS, (text) => {
      expect(readJson(text)).toEqual({ json: JSON.parse(text) as unknown });
    }),
  );
});

test('a member that stands twice is found, whatever it is called and whatever stands around it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).map((name) => JSON.stringify(name)),
      fc.array(TEXTS, { minLength: 3, maxLength: 3 }),
      (name, [one = '', other = '', outside = '']) => {
        const object = `{${name}: ${one},\n${name}\t:${other}}`;
        expect(memberTwice(object)).toBe(name);
        expect(memberTwice(`[${outside}, {"in": ${object}}]`)).toBe(name);
      },
    ),
  );
});

test.each([
  ['{"a": 1, "\\u0061": 2}', '"\\u0061"'],
  ['{"a": {"b": 1}, "c": {"b": 1}, "a": 2}', '"a"'],
  ['{"__proto__": 1, "__proto__": 2}', '"__proto__"'],
  ['{"a": "b\\": {", "c": ["a", "a"], "d": {"a": {}}, "e": "\\\\"}', undefined],
  ['[{"a": 1}, {"a": 1}]', undefined],
])('in %s it is %s', (json, member) => {
  expect(memberTwice(json)).toBe(member);
});

test('a file of 8 MB is read in seconds, also as one text', () => {
  const started = performance.now();
  expect(memberTwice(`{"a": "${'\\n'.repeat(4_000_000)}", "a": 1}`)).toBe('"a"');
  expect(memberTwice(`[${'{"a": 1},'.repeat(800_000)}{"a":1,"a":1}]`)).toBe('"a"');
  expect(performance.now() - started).toBeLessThan(4000);
});
