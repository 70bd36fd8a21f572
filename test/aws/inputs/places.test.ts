import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type JsonPath, parseJson } from '../../../src/aws/inputs/text/parse-json.ts';
import { jsonSource } from '../../../src/aws/inputs/text/source.ts';
import { runs } from '../../support/tools/runs.ts';

/** Writes JSON with a line for each value, and tells where each stands. */
class Writer {
  text = '';
  readonly lines: { readonly path: JsonPath; readonly line: number }[] = [];
  #line = 1;

  write(value: unknown, path: JsonPath): void {
    this.lines.push({ path, line: this.#line });
    if (typeof value !== 'object' || value === null) {
      this.text += JSON.stringify(value);
      return;
    }
    const isList = Array.isArray(value);
    // The members stand in the order in which they are given, also those whose names are numbers.
    const members: [string | number, unknown][] = isList
      ? value.map((one, at): [number, unknown] => [at, one])
      : value instanceof Map
        ? [...(value as Map<string, unknown>)]
        : Object.entries(value);
    this.text += isList ? '[' : '{';
    for (const [at, [key, one]] of members.entries()) {
      this.text += at > 0 ? ',\n' : '\n';
      this.#line += 1;
      if (!isList) this.text += `${JSON.stringify(key)}: `;
      this.write(one, [...path, key]);
    }
    this.text += isList ? ']' : '}';
  }
}

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('{', '[', '}"', '"', '\\', '\\"', '{"a":1}', ','),
);
const key = fc.oneof(text, fc.constantFrom('a', '0', '7', '10', '__proto__', 'constructor'));

/** Objects are maps, so that names which are numbers stand where they were drawn. */
const objectOf = (member: fc.Arbitrary<unknown>, minLength: number) =>
  fc
    .uniqueArray(fc.tuple(key, member), { selector: ([name]) => name, minLength, maxLength: 3 })
    .map((members) => new Map(members));
const scalar = fc.oneof(text, fc.constantFrom(null, true, 1.5));
const inner = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), objectOf(scalar, 0));
const item = fc.oneof(
  { weight: 30, arbitrary: objectOf(inner, 1) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>([], 1, new Map()) },
);
/** Long enough for the beginnings of its items to be remembered. */
const long = fc.array(item, { minLength: 20, maxLength: 24 });
const value = fc.oneof(inner, long, fc.array(long, { maxLength: 2 }), objectOf(long, 1));

test('each value of a JSON text has its line, whatever its texts, names and lists are', () => {
  fc.assert(
    fc.property(objectOf(value, 1), fc.boolean(), (document, isTwice) => {
      const writer = new Writer();
      writer.write([document], []);
      // Where a member stands twice, nothing is remembered of the text, and places are looked for in another way.
      const end = isTwice ? ',{"twice":1,"twice":2}]' : ']';
      const whole = `${writer.text.slice(0, -1)}${end}`;
      const parsed = parseJson(whole);
      expect(parsed.faults.length).toBe(isTwice ? 1 : 0);
      const source = jsonSource('a.json', parsed);
      for (const { path, line } of writer.lines)
        expect({ path, line: source.at(path).line }).toEqual({ path, line });
    }),
    { numRuns: runs(100) },
  );
});

test('an item of a long list has its line where a name that is a number stands after the list', () => {
  const writer = new Writer();
  const roles = Array.from({ length: 30 }, (_, at) => new Map([['RoleName', `r${at}`]]));
  writer.write(
    new Map<string, unknown>([
      ['Roles', roles],
      ['1', 'late'],
    ]),
    [],
  );
  const source = jsonSource('a.json', parseJson(writer.text));
  for (const { path, line } of writer.lines)
    expect({ path, line: source.at(path).line }).toEqual({ path, line });
});

test('a place that is asked for again, after another or at once, has the same line', () => {
  const source = jsonSource(
    'roles.json',
    parseJson('{"Roles": [\n{"Path": "/"},\n{"Path": "/"}\n]}'),
  );
  const [first, second] = [source.at(['Roles', 0]), source.at(['Roles', 1])];
  const asked = [first, first, second, first, second, second];
  expect(asked.map(({ line }) => line)).toEqual([2, 2, 3, 2, 3, 3]);
});
