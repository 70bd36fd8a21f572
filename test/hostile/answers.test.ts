import { expect, test } from '@jest/globals';
import { readAnswersText } from '../../src/answers/read.ts';

const FILE = 'gitlab-aws-oidc.yaml';

/** Answers with many roles, none of which has what a role needs. */
function answersWith(roles: number): string {
  return `version: 2\nroles:\n${'  - nam: a\n'.repeat(roles)}`;
}

/** The processor time of the shortest of three runs, in milliseconds, at least one. */
function locating(roles: number): number {
  const text = answersWith(roles);
  const times = [1, 2, 3].map(() => {
    const started = process.cpuUsage();
    const { locate } = readAnswersText(text, FILE);
    for (let role = 0; role < roles; role++) locate(`roles[${role}].name`);
    return process.cpuUsage(started).user / 1000;
  });
  return Math.max(1, ...times.filter((time) => time === Math.min(...times)));
}

test('the places of many problems take time in proportion to their number', () => {
  locating(5_000);
  expect(locating(20_000) / locating(5_000)).toBeLessThan(10);
});

test.each(['\n', '\r\n', '\r'])(
  'a problem has its line and column where lines end with %j',
  (end) => {
    const { locate } = readAnswersText(answersWith(3).replaceAll('\n', end), FILE);
    expect(locate('roles[2].name')).toBe(`${FILE}:5:5: roles[2].name`);
  },
);
