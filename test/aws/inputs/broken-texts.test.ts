import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Inventory, Place } from '../../../src/access/role-context.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';
import { mangledText } from '../../support/builders/mangled.ts';
import { runs } from '../../support/tools/runs.ts';
import { caseOf, trust } from './parts-of-inputs.ts';

const RUNS = runs(100);
const read = (text: string) => readInventory([{ file: 'input', text, isFound: false }]);

describe('a text that is broken in one place', () => {
  const lines = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    JSON.stringify({ RoleName: name, Path: '/*/', AssumeRolePolicyDocument: trust(name) }),
  );
  const rolesOf = ({ roles }: Inventory) => roles.map(({ name, place }) => `${name} ${place.line}`);
  const whole = rolesOf(read(lines.join('\n')));

  test(`loses one line of JSON lines alone, and says which, ${RUNS} times`, () => {
    const drawn = fc
      .nat(lines.length - 1)
      .chain((at) => fc.tuple(fc.constant(at), mangledText(lines[at] ?? '')));
    fc.assert(
      fc.property(drawn, ([at, text]) => {
        const bad = text.replace(/\s/g, ' ');
        // A brace alone on the first line, but for comments, begins one document of several lines.
        fc.pre(at > 0 || !/^ *[[{] *(\/|$)/.test(bad));
        const found = read(lines.with(at, bad).join('\n'));
        const isHere = ({ place: { line } }: { place: Place }) => line === at + 1;
        const isElsewhere = (one: { place: Place }) => !isHere(one);
        expect(rolesOf({ ...found, roles: found.roles.filter(isElsewhere) })).toEqual(
          whole.toSpliced(at, 1),
        );
        expect(found.unreadable.filter(isElsewhere)).toEqual([]);
        const isComment = /^ *(\/[/*]|$)/.test(bad);
        const own = [...found.roles, ...found.unreadable, ...found.providers].filter(isHere);
        expect(own.length > 0 || isComment).toBe(true);
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);

  test.each<[first: string, others: string]>([
    ['An error occurred (AccessDenied)', 'on lines'],
    ['{{ header }}', 'on lines'],
    ['"roles"', 'on lines'],
    ['one\ntwo\nthree', 'on lines'],
    ['role,path', 'on lines that end as in Windows'],
  ])(
    'that begins with %j has the roles %s after it, and each line before them is named',
    (first, form) => {
      const end = form === 'on lines' ? '\n' : '\r\n';
      const before = first.split('\n');
      const found = read([...before, ...lines].join(end));
      expect(rolesOf(found)).toEqual(
        ['a', 'b', 'c', 'd', 'e'].map((name, at) => `${name} ${before.length + at + 1}`),
      );
      expect(found.unreadable.map(({ place }) => place.line)).toEqual(
        before.map((_, at) => at + 1),
      );
    },
  );

  test.each(['// roles', '/* roles\nof\nall */'])(
    'that begins with the comment %j is one document, though a line of it is JSON',
    (comment) => {
      const found = read(`${comment}\n[\n${lines.join(',\n')}\n]`);
      expect([found.roles.length, found.unreadable]).toEqual([lines.length, []]);
    },
  );

  test('is not JSON lines where the only JSON is part of another text', () => {
    const yaml = `kind: ConfigMap\ndata:\n  policy: |\n    ${lines[0]}\n`;
    const found = readInventory([{ file: 'map.yaml', text: yaml, isFound: true }]);
    expect([found.roles, found.unreadable, found.passedOver]).toEqual([[], [], ['map.yaml']]);
  });

  test.each(['list-roles', 'dump', 'state', 'state-file'])(
    `of %s has what stands before it, and is reported, ${RUNS} times`,
    (name) => {
      const text = JSON.stringify(caseOf(name), null, 1);
      const good = read(text);
      const drawn = fc.nat(text.length - 1).chain((from) =>
        fc.record({
          from: fc.constant(from),
          rest: mangledText(text.slice(from)),
        }),
      );
      fc.assert(
        fc.property(drawn, ({ from, rest }) => {
          const found = read(text.slice(0, from) + rest);
          const line = text.slice(0, from).split('\n').length;
          const isBefore = (_: unknown, at: number) =>
            (good.roles[at + 1]?.place.line ?? Infinity) < line;
          const labels = found.roles.map(({ label }) => label);
          expect(labels).toEqual(
            expect.arrayContaining(good.roles.filter(isBefore).map(({ label }) => label)),
          );
          // A resource of Terraform that has another type is not a role.
          const isLess =
            name !== 'state' && name !== 'state-file' && labels.length < good.roles.length;
          expect(found.unreadable.length > 0 || !isLess).toBe(true);
        }),
        { numRuns: RUNS },
      );
    },
    3_600_000,
  );
});
