import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkAnswers } from '../../../src/answers/check/answers.ts';
import type { Answers } from '../../../src/answers/schema.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { regionJob, signInJob } from '../../../src/blueprint/jobs.ts';
import { renderGenerated } from '../../../src/repository/render.ts';
import { answers, role } from '../../support/builders/answers.ts';
import { ProblemError } from '../../../src/text/problem.ts';
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

describe('no two jobs have one name', () => {
  // Few names, so that they meet often.
  const repository = fc.record({
    prefix: fc.constantFrom('a', 'a-b', 'a_b', 'b'),
    accounts: fc.dictionary(
      fc.constantFrom('a', 'b', 'b-a', 'sign'),
      fc.subarray(['a', 'b-a', 'in'], { minLength: 1 }),
      { minKeys: 1, maxKeys: 2 },
    ),
    isNamed: fc.boolean(),
  });

  /** The names of all its jobs; nothing where the answers are refused. */
  function namesOf({
    prefix,
    accounts,
    isNamed,
  }: {
    prefix: string;
    accounts: Record<string, string[]>;
    isNamed: boolean;
  }): string[] | undefined {
    const names = Object.keys(accounts);
    const roles = [...new Set(Object.values(accounts).flat())].map((name) => ({
      ...role({ name }),
      ...(isNamed && { accounts: names.filter((one) => accounts[one]?.includes(name)) }),
    }));
    const given = several({
      ...(isNamed ? { accounts: names.map((name) => ({ name })) } : { accounts: undefined }),
      roles,
      ci: { credentials: 'web-identity', job_prefix: prefix },
    });
    if (checkAnswers(given).length > 0) return undefined;
    try {
      const blueprint = blueprintOf(given);
      return [
        signInJob(blueprint),
        ...(isNamed ? [regionJob(blueprint, 'eu-west-1')] : []),
        ...blueprint.stacks.flatMap((stack) => stack.roles.map(({ job }) => job)),
      ];
    } catch (error) {
      if (error instanceof ProblemError) return undefined;
      throw error;
    }
  }

  test('in a repository, and in two of different prefixes that are included together', () => {
    fc.assert(
      fc.property(repository, repository, (one, other) => {
        const [ofOne, ofOther] = [namesOf(one), namesOf(other)];
        if (ofOne) expect(new Set(ofOne).size).toBe(ofOne.length);
        fc.pre(one.prefix !== other.prefix && ofOne !== undefined && ofOther !== undefined);
        expect(ofOne.filter((name) => ofOther.includes(name))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('a prefix with a hyphen is refused: with the account dev it would be the prefix shop and the account a-dev', () => {
    const at = (job_prefix: string, name: string) =>
      several({ accounts: [{ name }], ci: { credentials: 'web-identity', job_prefix } });
    expect(Object.keys(jobsOf(at('shop', 'a-dev')))).toContain('.shop-a-dev-deploy');
    expect(checkAnswers(at('shop-a', 'dev'))).toMatchObject([{ where: 'ci.job_prefix' }]);
    expect(Object.keys(jobsOf(at('shop_a', 'dev')))).toContain('.shop_a-dev-deploy');
  });
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
