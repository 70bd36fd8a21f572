import { describe, expect, test } from '@jest/globals';
import { lint } from '../../src/lint/lint.ts';
import { RULES } from '../../src/lint/rules.ts';
import { trustPolicy } from '../iam/trust-policy.ts';
import { CASES } from './cases.ts';

describe.each(CASES)('$id at $path', ({ id, broken, fixed, path }) => {
  test('the broken policy breaks it alone', () => {
    const { findings } = lint(trustPolicy(broken.policy), broken.context);
    expect(findings.map((finding) => `${finding.id} ${finding.path}`)).toEqual([`${id} ${path}`]);
  });

  test('the fixed policy is clean', () => {
    expect(lint(trustPolicy(fixed.policy), fixed.context).findings).toEqual([]);
  });
});

test('every rule has a case', () => {
  expect([...new Set(CASES.map(({ id }) => id))].sort()).toEqual(RULES.map(({ id }) => id));
});

const IDS = { error: /^OIDC0\d\d$/, warning: /^OIDC1\d\d$/, undetermined: /^OIDC2\d\d$/ };

test('ids and names are given once, and the id says the severity', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  for (const { id, severity } of RULES) {
    expect(id).toMatch(IDS[severity]);
  }
});
