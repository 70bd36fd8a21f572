import fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { jsonLines } from '../../src/text/json-pieces.ts';
import {
  flawOfJson,
  jsonText,
  numberFlaw,
  readExactJson,
  readJson,
} from '../../src/text/json-text.ts';

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

test('the pieces of a JSON text are the text', () => {
  const values = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(null, undefined, true, '', -0, NaN, 1e21, new Date(0), [], {}),
      fc.string({ unit: 'binary' }),
      fc.array(tie('value')),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('value')),
    ),
  })).value;
  fc.assert(
    fc.property(
      values.filter((one) => one !== undefined),
      (value) => {
        expect([...jsonLines(value)].join('')).toBe(`${jsonText(value)}\n`);
      },
    ),
    { numRuns: 500 },
  );
});

test('a long list is written in many pieces', () => {
  const pieces = [...jsonLines({ list: Array.from({ length: 1000 }, (_, at) => ({ at })) })];
  expect(pieces.length).toBeGreaterThan(1000);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100);
});

test('a member that stands twice is found, whatever it is called and whatever stands around it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).map((name) => JSON.stringify(name)),
      fc.array(TEXTS, { minLength: 3, maxLength: 3 }),
      (name, [one = '', other = '', outside = '']) => {
        const object = `{${name}: ${one},\n${name}\t:${other}}`;
        expect(flawOfJson(object)).toContain(`holds ${name} twice`);
        expect(flawOfJson(`[${outside}, {"in": ${object}}]`)).toContain(`holds ${name} twice`);
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
  const twice = member && `holds ${member} twice, and who reads it decides which one counts`;
  expect(flawOfJson(json)).toBe(twice);
});

test('a file of 8 MB is read in seconds, also as one text', () => {
  const started = performance.now();
  expect(flawOfJson(`{"a": "${'\\n'.repeat(4_000_000)}", "a": 1}`)).toContain('holds "a" twice');
  expect(flawOfJson(`[${'{"a": 1},'.repeat(800_000)}{"a":1,"a":1}]`)).toContain('holds "a" twice');
  expect(performance.now() - started).toBeLessThan(4000);
});

test.each([
  ['lists', '['.repeat(201) + ']'.repeat(201)],
  ['objects', '{"a":'.repeat(201) + '1' + '}'.repeat(201)],
])('%s more than 200 deep are refused, with the place', (_, json) => {
  expect(readJson(json)).toEqual({
    flaw: expect.stringMatching(
      /^has more than 200 objects and lists inside each other, at character \d+$/,
    ),
  });
});

test('lists 200 deep are read, and brackets in strings do not count', () => {
  expect(readJson('['.repeat(200) + ']'.repeat(200))).toHaveProperty('json');
  expect(readJson(JSON.stringify('['.repeat(1000)))).toHaveProperty('json');
});

test.each(['9007199254740993', '1e3', '1.0', '-0', '1E400'])(
  'the number %s is refused where numbers count as text',
  (number) => {
    const flaw = `holds the number "${number}", which cannot be kept as written; put it in quotes`;
    expect(readExactJson(`{"id": ${number}}`)).toEqual({ flaw });
    expect(readJson(`{"id": ${number}}`)).toHaveProperty('json');
  },
);

test('numbers that are kept as written are read, and so are digits in strings', () => {
  expect(readExactJson('{"a": [0, -1, 1.5, 42], "1e3": "\\"1e3"}')).toHaveProperty('json');
  fc.assert(fc.property(TEXTS, (text) => numberFlaw(text) === undefined || /e|-0/.test(text)));
});
