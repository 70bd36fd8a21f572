import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  matchesTheRest,
  NOTHING_READ,
  readerOf,
  type Reading,
  type SubjectPattern,
} from '../../../src/access/tokens/subject-readings.ts';
import type { SubComponent } from '../../../src/gitlab/subject.ts';
import {
  compilePattern,
  matchesPattern,
  patternParts,
} from '../../../src/iam/evaluate/wildcard.ts';
import { patternText } from '../../../src/access/tokens/pattern-text.ts';

function like(text: string, ignoreCase = false): SubjectPattern {
  const cased = ignoreCase ? text.toLowerCase() : text;
  return { pattern: compilePattern(patternParts(cased)), ignoreCase };
}

/** How a pattern can match the subjects of a form. */
function readingsOf(subject: SubjectPattern, form: readonly SubComponent[]): Reading[] {
  const reader = readerOf(subject);
  let progress = NOTHING_READ;
  let found: Reading[] = [];
  for (const component of form) {
    const step = reader(progress, component);
    progress = step.progress;
    found = [...step.ended.values()];
  }
  return found;
}

/** What the readings ask of each component: `[{ ref: 'v*' }]`. */
function asked(subject: SubjectPattern, form: readonly SubComponent[]): unknown[] {
  return readingsOf(subject, form).map((reading) =>
    Object.fromEntries([...reading].map(([name, value]) => [name, patternText(value)])),
  );
}

const DEFAULT = ['project_path', 'ref_type', 'ref'] as const;

describe('the ways to read a subject', () => {
  test('are one for an exact subject, which asks for each value', () => {
    expect(asked(like('project_path:a/b:ref_type:branch:ref:main'), DEFAULT)).toEqual([
      { project_path: 'a/b', ref_type: 'branch', ref: 'main' },
    ]);
  });

  test('are none for a subject of another form', () => {
    expect(asked(like('project_path:a/b'), DEFAULT)).toEqual([]);
    expect(asked(like('project_path:a/b:ref_type:branch:ref:main'), ['project_path'])).toEqual([]);
  });

  test('ask nothing of what a wildcard takes whole', () => {
    expect(asked(like('project_path:a/*:ref_type:*:ref:v*'), DEFAULT)).toEqual([
      { project_path: 'a/*', ref: 'v*' },
    ]);
    expect(asked(like('*'), DEFAULT)).toEqual([{}]);
  });

  test('are several where a wildcard may end in one value or in the next', () => {
    expect(asked(like('project_path:*branch*'), DEFAULT)).toEqual(
      expect.arrayContaining([
        { project_path: '*branch*' },
        { ref_type: '*branch*' },
        { ref: '*branch*' },
      ]),
    );
  });

  test('are none where a component cannot have the value', () => {
    const typed = (type: string) => like(`project_path:a/b:ref_type:${type}:ref:main`);
    expect(asked(typed('mr'), DEFAULT)).toEqual([]);
    expect(asked(typed('tag'), DEFAULT)).toHaveLength(1);
    expect(asked(typed('t*'), DEFAULT)).toHaveLength(1);
    expect(asked(typed('TAG'), DEFAULT)).toEqual([]);
    expect(asked(like('project_id:2?*'), ['project_id'])).toEqual([{ project_id: '2?*' }]);
    expect(asked(like('project_id:2a*'), ['project_id'])).toEqual([]);
    expect(asked(like('project_id:9'), ['project_id'])).toHaveLength(1);
    expect(asked(like('project_id:0'), ['project_id'])).toHaveLength(1);
    expect(asked(like('project_id:/'), ['project_id'])).toEqual([]);
    expect(asked(like('project_id::'), ['project_id'])).toEqual([]);
  });

  test('may have a question mark for the colon after a value', () => {
    expect(asked(like('project_path:a/b?ref_type:tag:ref:v1'), DEFAULT)).toEqual([
      { project_path: 'a/b', ref_type: 'tag', ref: 'v1' },
    ]);
  });

  test('are the same in any letter case where it is ignored', () => {
    expect(asked(like('Project_Path:A/b:REF_TYPE:Tag:ref:V1', true), DEFAULT)).toEqual([
      { project_path: 'a/b', ref_type: 'tag', ref: 'v1' },
    ]);
    expect(asked(like('Project_Path:A/b:ref_type:tag:ref:V1'), DEFAULT)).toEqual([]);
  });
});

const values = fc.record({
  project_path: fc.constantFrom('a/b', 'a/ref', 'b/tag', 'ref/ref_type'),
  project_id: fc.constantFrom('1', '20', '12'),
  ref_type: fc.constantFrom('branch', 'tag'),
  ref: fc.constantFrom('a', 'ref', 'tag', 'main', 'a/b', 'branch'),
  ref_protected: fc.constantFrom('true', 'false'),
  environment_protected: fc.constantFrom('true', 'false'),
  deployment_tier: fc.constantFrom('production', 'other'),
});
const form = fc
  .tuple(
    fc.constantFrom<SubComponent>('project_path', 'project_id'),
    fc.subarray<SubComponent>(['ref_type', 'ref', 'ref_protected', 'deployment_tier']),
    fc.boolean(),
  )
  .map(([first, rest, turned]): SubComponent[] => [first, ...(turned ? rest.toReversed() : rest)]);

/** A pattern that is made of a subject: parts of it are wildcards, and a letter may be another. */
const around = fc
  .record({
    form,
    values,
    holes: fc.array(
      fc.tuple(fc.nat(40), fc.nat(8), fc.constantFrom('*', '?', '*?', '', 'a', ':')),
      {
        maxLength: 3,
      },
    ),
    ignoreCase: fc.boolean(),
    other: values,
    otherForm: form,
  })
  .map(({ form: own, values: texts, holes, ignoreCase, other, otherForm }) => {
    let text = subjectOf(own, texts);
    for (const [from, length, by] of holes) {
      text = text.slice(0, from) + by + text.slice(from + length);
    }
    const tokens = [
      { form: own, values: texts },
      { form: own, values: other },
      { form: otherForm, values: texts },
    ];
    return { subject: like(text, ignoreCase), tokens };
  });

function subjectOf(parts: readonly SubComponent[], texts: Readonly<Record<SubComponent, string>>) {
  return parts.map((one) => `${one}:${texts[one]}`).join(':');
}

test('a subject matches a pattern where one of the ways to read it has its values', () => {
  let matching = 0;
  fc.assert(
    fc.property(around, ({ subject, tokens }) => {
      for (const token of tokens) {
        const isRead = readingsOf(subject, token.form).some((reading) =>
          [...reading].every(([name, value]) => matchesPattern(value, token.values[name])),
        );
        const expected = matchesPattern(subject.pattern, subjectOf(token.form, token.values));
        if (expected) matching++;
        expect({ token, isRead }).toEqual({ token, isRead: expected });
      }
    }),
    { numRuns: 1500 },
  );
  expect(matching).toBeGreaterThan(300);
});

describe('a pattern that matches whatever follows', () => {
  const after = (text: string, ...parts: readonly SubComponent[]) => {
    const subject = like(text);
    const reader = readerOf(subject);
    const progress = parts.reduce((now, one) => reader(now, one).progress, NOTHING_READ);
    return matchesTheRest(subject, progress);
  };

  test('is at its last wildcard', () => {
    expect(after('project_path:a/*', 'project_path')).toBe(true);
    expect(after('project_path:a/**', 'project_path')).toBe(true);
    expect(after('*')).toBe(true);
  });

  test('is not before it, nor at its end', () => {
    expect(after('project_path:a/*:ref:x', 'project_path')).toBe(false);
    expect(after('project_path:a/*')).toBe(false);
    expect(after('')).toBe(false);
  });
});

test('so many patterns are remembered that the oldest are forgotten, and are read again', () => {
  const first = like('project_path:first/*');
  const known = readerOf(first);
  expect(readerOf(first)).toBe(known);
  expect(readerOf({ ...first, ignoreCase: true })).not.toBe(known);
  for (let at = 0; at < 200; at++) readerOf(like(`project_path:many${at}/*`));
  expect(readerOf(first)).not.toBe(known);
});
