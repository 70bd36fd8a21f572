import { expect, test } from '@jest/globals';
import { checkToken } from '../../../src/gitlab/api/token.ts';

test('a job token is not enough, and is reported as such', () => {
  expect(checkToken('glcbt-64_abcdefghijklmnop')?.what).toBe(
    'CI_JOB_TOKEN cannot list projects or read their settings',
  );
});

test.each(['glpat-Zk3v Qm8X', 'glpat-\u00e9', 'glpat-a\nb'])(
  'a text that cannot be a token is reported without showing it',
  (token) => {
    const flaw = checkToken(token);
    expect(flaw?.what).toBe('the token contains spaces or characters that no GitLab token has');
    expect(JSON.stringify(flaw)).not.toContain('glpat');
  },
);

test('a token of any form GitLab ever had will do', () => {
  expect(checkToken('glpat-Zk3vQm8X_-9')).toBeUndefined();
  expect(checkToken('9koXpg98eAheJpvBs5tK')).toBeUndefined();
});
