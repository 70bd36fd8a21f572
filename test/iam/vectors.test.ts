import { describe, expect, test } from '@jest/globals';
import { contextOf, issuerOfArn } from '../../src/iam/condition-keys.ts';
import { evaluate, isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import { lint } from '../../src/lint/lint.ts';
import { SCENARIOS } from './vectors/vectors.ts';
import { GITLAB_COM } from './vectors/vector.ts';
import { trustPolicy } from './trust-policy.ts';

describe.each(SCENARIOS)('$name', ({ policy, grade, provider = GITLAB_COM, source, tokens }) => {
  const parsed = trustPolicy(policy);

  test(`is ${grade}`, () => {
    expect(lint(parsed).grade).toBe(grade);
  });

  test.each([...tokens])('%s', (_name, claims, decision) => {
    const context = contextOf(issuerOfArn(provider) ?? '', claims);
    const request = { principal: provider, context };
    expect(evaluate(parsed, request).decision).toBe(decision);
    expect(isAllowed(preparePolicy(parsed), request)).toBe(decision === 'allowed');
  });

  test('names a public source', () => {
    expect(source).toMatch(/^https:\/\//);
  });
});

test('there are at least 150 vectors, no two of one name', () => {
  const names = SCENARIOS.flatMap(({ name, tokens }) => tokens.map(([one]) => `${name}: ${one}`));
  expect(names.length).toBeGreaterThanOrEqual(150);
  expect(new Set(names).size).toBe(names.length);
});
