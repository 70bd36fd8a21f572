import { describe, expect, test } from '@jest/globals';
import type { Answers } from '../../../src/answers/schema.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { renderGenerated } from '../../../src/repository/render.ts';
import { answers, role } from '../../support/builders/answers.ts';
import { problemsOf } from '../../support/builders/problems.ts';

function several(change: Partial<Answers> = {}): Answers {
  return answers({
    aws: { region: 'eu-west-1' },
    accounts: [{ name: 'dev', id: '111111111111' }, { name: 'prod' }],
    output: 'hcl',
    ...change,
  });
}

/** The jobs of the CI file, with the line that names the role. */
function jobsOf(given: Answers): Record<string, string | undefined> {
  const text = renderGenerated(blueprintOf(given)).get('ci/assume-role.gitlab-ci.yml') ?? '';
  const jobs = [...text.matchAll(/^(\.\S+):\n(?: {2}.*\n)*/gm)];
  return Object.fromEntries(
    jobs.map(([block, name = '']) => [name, /AWS_ROLE_ARN: "?([^"\s]+)/.exec(block)?.[1]]),
  );
}

test('each account has a job for each role, with the ARN filled in where the ID is known', () => {
  expect(jobsOf(several())).toMatchObject({
    '.aws-dev-deploy': 'arn:aws:iam::111111111111:role/deploy',
    '.aws-prod-deploy': 'arn:aws:iam::${AWS_ACCOUNT_ID_PROD}:role/deploy',
  });
});

test('two repositories with prefixes of their own have no job in common', () => {
  const ci = (job_prefix: string): Partial<Answers> => ({
    ci: { credentials: 'web-identity', job_prefix },
  });
  const [one, other] = [jobsOf(several(ci('shop'))), jobsOf(several(ci('data')))];
  expect(Object.keys(one)).toContain('.shop-dev-deploy');
  expect(Object.keys(one).filter((name) => name in other)).toEqual([]);
});

describe('two jobs of one name are refused', () => {
  test.each<[string, Partial<Answers>, string]>([
    [
      'of two accounts and roles that read the same with hyphens',
      {
        accounts: [{ name: 'a' }, { name: 'a-b' }],
        roles: [role({ name: 'b-c', accounts: ['a'] }), role({ name: 'c', accounts: ['a-b'] })],
      },
      'role b-c in a and role c in a-b would both be the CI job .aws-a-b-c',
    ],
    [
      'of a role and of a region',
      { accounts: [{ name: 'region' }], roles: [role({ name: 'eu-west-1' })] },
      'what jobs in eu-west-1 share and role eu-west-1 in region would both be the CI job .aws-region-eu-west-1',
    ],
    [
      'of a role and of the sign-in',
      { accounts: [{ name: 'sign' }], roles: [role({ name: 'in' })] },
      'the job that signs in and role in in sign would both be the CI job .aws-sign-in',
    ],
  ])('%s', (_, change, what) => {
    const [problem] = problemsOf(() => blueprintOf(several(change)));
    expect(problem?.what).toBe(what);
  });
});
