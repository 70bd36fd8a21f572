import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formsToTellApart, type ReadForm } from '../../src/access/subject-forms.ts';
import { patternText } from '../../src/access/tokens/pattern-text.ts';
import { NOTHING_READ, readerOf, type Reading } from '../../src/access/tokens/subject-readings.ts';
import { TooMany } from '../../src/access/tokens/too-many.ts';
import type { SubComponent } from '../../src/gitlab/subject.ts';
import { compilePattern, patternParts } from '../../src/iam/evaluate/wildcard.ts';
import { runs } from '../support/tools/runs.ts';

const DEFAULT = 'project_path:ref_type:ref';

function like(text: string) {
  return { pattern: compilePattern(patternParts(text)), ignoreCase: false };
}

function exactly(text: string) {
  return { pattern: Array.from(text, (one) => one.charCodeAt(0)), ignoreCase: false };
}

/** The forms, and for each pattern in how many ways it reads the subjects of that form. */
function formsOf(...patterns: readonly ReturnType<typeof like>[]) {
  return Object.fromEntries(
    formsToTellApart(patterns).map(({ form, readings }) => [
      form.join(':'),
      readings.map((some) => some.length),
    ]),
  );
}

describe('the forms of subjects that a policy can tell apart', () => {
  test('are one, the default of GitLab, where it asks for no subject', () => {
    expect(formsOf()).toEqual({ [DEFAULT]: [] });
  });

  test('are the one that an exact subject spells', () => {
    expect(formsOf(exactly('project_path:a/b:ref_type:branch:ref:main'))).toEqual({
      [DEFAULT]: [1],
    });
  });

  test('are the default and the one that a shorter subject spells', () => {
    expect(formsOf(exactly('project_path:a/b'))).toEqual({ [DEFAULT]: [0], project_path: [1] });
    expect(formsOf(exactly('project_id:20:ref:main'))).toEqual({
      [DEFAULT]: [0],
      'project_id:ref': [1],
    });
  });

  test('are the one that an exact subject spells in any letter case', () => {
    const ignored = { ...exactly('project_path:a/b'), ignoreCase: true };
    expect(formsOf(ignored)).toEqual({ [DEFAULT]: [0], project_path: [1] });
  });

  test.each([
    'nonsense',
    'project_path',
    'project_path:a/b:ref',
    'project_path:a/b:environment:x',
    'project_path:a/b:ref:main:ref:main',
    'ref:main:project_path:a/b',
    '',
  ])('are the default alone for %j, which GitLab never writes', (text) => {
    expect(formsOf(exactly(text))).toEqual({ [DEFAULT]: [0] });
  });

  test('are of two exact subjects those of both', () => {
    expect(formsOf(exactly('project_path:a/b'), exactly('project_id:20'))).toEqual({
      [DEFAULT]: [0, 0],
      project_path: [1, 0],
      project_id: [0, 1],
    });
  });

  test('are the forms that a pattern matches and one that it does not', () => {
    expect(formsOf(like('project_path:acme/*:ref_type:branch:ref:main'))).toEqual({
      [DEFAULT]: [1],
      'project_id:ref_type:ref': [0],
    });
    expect(formsOf(like('project_path:acme/*'))).toEqual({
      [DEFAULT]: [1],
      'project_id:ref_type:ref': [0],
    });
    expect(formsOf(like('*:ref:main'))).toEqual({ [DEFAULT]: [1], project_path: [0] });
    expect(formsOf(like('project_i?:20*'))).toEqual({
      [DEFAULT]: [0],
      'project_id:ref_type:ref': [1],
    });
  });

  test('are one for a pattern that matches every subject', () => {
    expect(formsOf(like('*'))).toEqual({ [DEFAULT]: [1] });
  });

  test('are as many as the ways in which several patterns match', () => {
    expect(formsOf(like('project_path:acme/web:*'), like('project_path:acme/*'))).toEqual({
      [DEFAULT]: [1, 1],
      project_path: [0, 1],
      'project_id:ref_type:ref': [0, 0],
    });
  });

  test('are both kept where two patterns ask the same of the subjects of two forms', () => {
    const forms = formsOf(exactly('project_path:a/b'), like('project_path:a/b:ref:*'));
    expect(forms).toEqual({ [DEFAULT]: [0, 0], project_path: [1, 0], 'project_path:ref': [0, 1] });
  });

  test('begin with the project, whatever a pattern begins with', () => {
    expect(formsOf(like('ref:*'))).toEqual({ [DEFAULT]: [0] });
    expect(formsOf(like('*ref_type:tag*'))).toEqual({ [DEFAULT]: [1], project_path: [0] });
  });

  test('are kept in each order of their components that a pattern asks for', () => {
    const orders = ['ref:main:deployment_tier:staging', 'deployment_tier:staging:ref:main'];
    const patterns = orders.map((order) => like(`project_path:a/b:${order}:ref_type:*`));
    expect(formsOf(...patterns)).toMatchObject({
      'project_path:ref:deployment_tier:ref_type': [1, 0],
      'project_path:deployment_tier:ref:ref_type': [0, 1],
    });
  });

  test('are found where the pattern asks for more components than the default has', () => {
    const forms = Object.keys(formsOf(like('*:*:*:*:*:*:*:*:*')));
    expect(forms).toHaveLength(2);
    // Nine colons at least: a name and a value for each of five components.
    expect(forms[1]?.split(':')).toHaveLength(5);
  });

  test('put a component in the place where a pattern names it', () => {
    const pattern = like('project_path:a/b:deployment_tier:production:*');
    expect(Object.entries(formsOf(pattern)).filter(([, [count]]) => count === 1)).toEqual([
      ['project_path:deployment_tier:project_id', [1]],
    ]);
  });
});

const part = fc.constantFrom(
  'project_path', 'project_id', 'ref_type', 'ref', 'deployment_tier', 'ref_protected', 'dep*',
  '*', 'true', 'tag', 'a/b', 'main', '2?', 're*', '*t', 'production', 'a*b',
); // prettier-ignore
const pattern = fc
  .tuple(
    fc.constantFrom('project_path:', 'project_id:', 'project_*', '*', 'project_path:a*'),
    fc.array(part, { maxLength: 5 }),
  )
  .map(([first, more]) => first + more.join(':'));
const anyForm = fc
  .tuple(
    fc.constantFrom<SubComponent>('project_path', 'project_id'),
    fc.shuffledSubarray<SubComponent>(['ref_type', 'ref', 'ref_protected', 'deployment_tier']),
  )
  .map(([first, rest]): SubComponent[] => [first, ...rest]);

/** Which values of the components each pattern asks for, in a form. */
function askedIn(patterns: readonly ReturnType<typeof like>[], form: readonly SubComponent[]) {
  return patterns.map((one) => {
    const reader = readerOf(one);
    let progress = NOTHING_READ;
    let ended: readonly string[] = [];
    for (const component of form) {
      const step = reader(progress, component);
      progress = step.progress;
      ended = [...step.ended.values()].map(textOf);
    }
    return ended.toSorted();
  });
}

/** What is found, unless a bound is announced in its place. */
function withinBounds<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof TooMany) return undefined;
    throw error;
  }
}

function textOf(reading: Reading): string {
  return JSON.stringify([...reading].sort(([a], [b]) => a.localeCompare(b)));
}

test('to some patterns every form that GitLab can be set to is like one of those', () => {
  fc.assert(
    fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 2 }),
      fc.array(anyForm, { minLength: 10, maxLength: 10 }),
      (texts, forms) => {
        const patterns = texts.map(like);
        const found = withinBounds(() => formsToTellApart(patterns));
        fc.pre(found !== undefined);
        const known = new Set(
          found.map(({ readings }) =>
            JSON.stringify(readings.map((some) => some.map(textOf).toSorted())),
          ),
        );
        const strange = forms.filter((one) => !known.has(JSON.stringify(askedIn(patterns, one))));
        expect({ texts, strange }).toEqual({ texts, strange: [] });
      },
    ),
    { numRuns: runs(300) },
  );
});

test.each(['*a*b*c*d*e*f*', '*?*?*?*?*?*?*?*'])(
  'too many ways to read a subject are refused soon: %s',
  (text) => {
    const asked = () => formsToTellApart([like(text)]);
    expect(asked).toThrow(TooMany);
    expect(asked).toThrow('more than 30000 readings of a subject');
  },
);

const TEXTS = ['project_path:b/*', 'project_path:a/b:ref_type:*', 'project_path:a/*'];

function orderedForms(texts: readonly string[]): readonly ReadForm[] {
  return formsToTellApart(texts.map(like));
}

test('the forms are the same whatever the order of the patterns, and each pattern has its own readings', () => {
  const forms = orderedForms(TEXTS);
  const orders = [
    [0, 1, 2],
    [2, 0, 1],
    [1, 0, 2],
  ];
  for (const order of orders) {
    const reordered = orderedForms(order.flatMap((at) => TEXTS[at] ?? []));
    expect(reordered).toEqual(
      forms.map(({ form, readings }) => ({ form, readings: order.map((at) => readings[at]) })),
    );
    const paths = reordered[0]?.readings.map((all) =>
      all.map((one) => patternText(one.get('project_path') ?? [])),
    );
    expect(paths).toEqual(order.map((at) => [['b/*'], ['a/b'], ['a/*']][at]));
  }
});
