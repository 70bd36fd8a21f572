import { describe, expect, test } from '@jest/globals';
import { completeAnswers, type Draft } from '../../../src/answers/read.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { problemsText } from '../../../src/terminal/report.ts';
import type { Problem } from '../../../src/text/problem.ts';
import { answersWith } from '../../support/builders/drafts.ts';
import { linesOnScreen, problemsOf } from '../../support/builders/problems.ts';
import type { BadAnswers } from './bad-answers.ts';
import { LIMITS } from './limits.cases.ts';
import { SHAPES } from './shape.cases.ts';
import { TRAPS } from './traps.cases.ts';

const decide = (answers: Draft) => blueprintOf(completeAnswers(answers));

function expectRefusal({ answers, where = Object.keys(answers)[0], what }: BadAnswers): void {
  const problems = problemsOf(() => decide(answersWith(answers)));
  const whatMatcher: unknown =
    typeof what === 'string' ? expect.stringContaining(what) : expect.stringMatching(what);
  expect(problems).toEqual([{ where, what: whatMatcher, fix: expect.stringMatching(/\w{3}/) }]);
  expectOneScreen(problems);
}

function expectOneScreen(problems: readonly Problem[]): void {
  expect(linesOnScreen(problemsText(problems))).toBeLessThanOrEqual(20);
}

test('the valid answers are taken', () => {
  expect(problemsOf(() => decide(answersWith({})))).toEqual([]);
});

describe('at its limit an answer is taken, one past it is refused', () => {
  test.each(LIMITS)('$name', ({ name, edge, past }) => {
    expect(problemsOf(() => decide(answersWith(edge)))).toEqual([]);
    expectRefusal({ name, ...past });
  });
});

describe('what AWS or GitLab would refuse, or never match, is refused', () => {
  test.each(TRAPS)('$name', expectRefusal);
});

describe('what is not of the shape of answers is refused', () => {
  test.each(SHAPES)('$name', expectRefusal);
});

test.each([
  ['an empty list', { roles: [] }, 'List at least one'],
  ['a list that is too long', { accounts: Array(1001).fill({ name: 'a' }) }, 'List at most 1000'],
  ['a number that is too small', { 'aws.quotas.roles': 0 }, 'Give it as a number of at least 1'],
])('%s comes with what to give', (_, answers, fix) => {
  expect(problemsOf(() => decide(answersWith(answers)))[0]?.fix).toBe(fix);
});

test('a misspelt answer comes with the one that was meant', () => {
  const [problem] = problemsOf(() => decide(answersWith({ 'roles[0].sesion_duration': 3600 })));
  expect(problem?.fix).toBe('Did you mean session_duration?');
});

test('many problems are one screen, and say how many more there are', () => {
  const problems = problemsOf(() =>
    decide(answersWith({ 'roles[0].refs.branches': Array.from({ length: 30 }, () => 'a b') })),
  );
  expect(problems.length).toBe(59);
  expectOneScreen(problems);
  expect(problemsText(problems)).toMatch(/\nand 55 more\n$/);
});

test('a message cannot drive the terminal', () => {
  const text = problemsText(
    problemsOf(() => decide(answersWith({ 'roles[0].\u001b[2J\u009b': 'x' }))),
  );
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});
