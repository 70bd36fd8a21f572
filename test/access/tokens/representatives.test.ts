import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Grammar,
  ID,
  isText,
  LOGIN,
  PROJECT_PATH,
  REF,
  TEXT,
} from '../../../src/access/tokens/grammar.ts';
import { representatives } from '../../../src/access/tokens/representatives.ts';
import { numberTestsOf, patternTest } from '../../../src/access/tokens/test.ts';
import { TooMany } from '../../../src/access/tokens/too-many.ts';
import { compilePattern, patternParts } from '../../../src/iam/evaluate/wildcard.ts';
import { allowing } from '../near-policies.ts';

function like(text: string, ignoreCase = false) {
  const pattern = compilePattern(patternParts(ignoreCase ? text.toLowerCase() : text));
  return patternTest(pattern, ignoreCase);
}

/** Which of some patterns a text matches. */
function matchesOf(patterns: readonly ReturnType<typeof like>[], text: string): string {
  return patterns.map((one) => Number(one.matches(text))).join('');
}

const PIECES = ['a', 'b', '/', '.', '-', '1', '*', '?', 'x'];
const patternText = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .map((one) => one.join(''));

const GRAMMARS: readonly (readonly [string, Grammar, string])[] = [
  ['paths', PROJECT_PATH, 'abx1/.-'],
  ['refs', REF, 'abx1/.-@'],
  ['ids', ID, '0123'],
  ['logins', LOGIN, 'abx.-'],
  ['texts', TEXT, 'abx/ '],
];

test.each(GRAMMARS)(
  'each of the %s is like one of the representatives, which are such themselves',
  (_, grammar, letters) => {
    const value = fc.string({ unit: fc.constantFrom(...Array.from(letters)), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(patternText, fc.boolean()), { maxLength: 3 }),
        fc.array(value, { maxLength: 20 }),
        (patterns, values) => {
          const tests = patterns.map(([text, ignoreCase]) => like(text, ignoreCase));
          const found = representatives(grammar, tests);
          expect(found.filter((one) => !isText(grammar, one))).toEqual([]);
          const known = new Set(found.map((one) => matchesOf(tests, one)));
          const texts = values.filter((one) => isText(grammar, one));
          expect(texts.filter((one) => !known.has(matchesOf(tests, one)))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  },
);

test('no two representatives match alike where a search finds them', () => {
  const tests = [like('*b'), like('a*'), like('?')];
  const found = representatives(REF, tests);
  const matches = found.map((one) => matchesOf(tests, one));
  expect(matches.toSorted()).toEqual([...new Set(matches)].toSorted());
  // a, b, another letter; ab, a and more, and b, none.
  expect(matches.toSorted()).toEqual(['000', '001', '010', '011', '100', '101', '110']);
});

describe('texts and beginnings', () => {
  test('are represented by themselves, the beginnings by one that has no longer one', () => {
    expect(representatives(PROJECT_PATH, [])).toEqual(['other/project']);
    expect(representatives(PROJECT_PATH, [like('acme/web')])).toEqual([
      'acme/web',
      'other/project',
    ]);
    expect(representatives(PROJECT_PATH, [like('acme/*'), like('acme/web')])).toEqual([
      'acme/web',
      'other/project',
      'acme/x',
    ]);
    expect(representatives(PROJECT_PATH, [like('acme/*'), like('acme/x')])).toEqual([
      'acme/x',
      'other/project',
      'acme/x/x',
    ]);
    expect(representatives(REF, [like('v*'), like('vx*')])).toEqual(['some-branch', 'v1', 'vxx']);
  });

  test('that GitLab never writes have no representative', () => {
    expect(representatives(PROJECT_PATH, [like('acme')])).toEqual(['other/project']);
    expect(representatives(ID, [like('020')])).toEqual(['99999999']);
    expect(representatives(PROJECT_PATH, [like('/*')])).toEqual(['other/project']);
  });

  test('that are the sample itself leave another', () => {
    expect(representatives(PROJECT_PATH, [like('other/project')])).toEqual([
      'other/project',
      'someone/else',
    ]);
    expect(representatives(PROJECT_PATH, [like('other/*')])).toEqual(['someone/else', 'other/x']);
  });

  test('that leave nothing free are searched for', () => {
    const digits = Array.from('123456789', (one) => like(`${one}*`));
    expect(new Set(representatives(ID, digits).map((one) => one[0]))).toEqual(new Set('123456789'));
  });
});

test('a representative is a text that people know, where there is one', () => {
  expect(representatives(REF, [like('*-branch')])).toEqual(
    expect.arrayContaining(['x-branch', 'x']),
  );
  expect(representatives(PROJECT_PATH, [like('acme/*b')])).toEqual(
    expect.arrayContaining(['acme/xb', 'other/project']),
  );
  expect(representatives(REF, [like('a?c')])).toEqual(
    expect.arrayContaining(['axc', 'some-branch']),
  );
});

test('a policy that mentions every usual letter leaves texts of others', () => {
  const mentioned = like('*XYZQWKJVUHABCDEFGILMNOPRSTxyzqwkjvuhabcdefgilmnoprst0123456789_à*');
  const matches = representatives(REF, [mentioned]).map((one) => mentioned.matches(one));
  expect(matches.toSorted()).toEqual([false, true]);
});

test('a pattern of what GitLab refuses has no representative', () => {
  const refused = [like('*.git'), like('a*.atom/*')];
  const found = representatives(PROJECT_PATH, refused);
  expect(found.map((one) => matchesOf(refused, one))).toEqual(['00']);
});

test('more states than the bound are refused', () => {
  const windows = Array.from('abcdefgh', (one) => like(`*${one}????????${one}*`));
  expect(() => representatives(REF, windows)).toThrow(TooMany);
  expect(() => representatives(REF, windows)).toThrow('more than 20000 states of a claim');
});

test('numbers are searched for among ids', () => {
  const { statements } = allowing({ NumericLessThan: { 'gitlab.com:project_id': '20' } });
  const tests = statements.flatMap(({ conditions }) => conditions.flatMap(numberTestsOf));
  const found = representatives(
    ID,
    tests.filter((one) => one !== undefined),
  );
  expect(found.map((one) => Number(one) < 20).toSorted()).toEqual([false, true]);
});
