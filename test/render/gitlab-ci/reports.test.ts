import { describe, expect, test } from '@jest/globals';
import { checkAnswers } from '../../../src/answers/check/answers.ts';
import type { Answers } from '../../../src/answers/schema.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { renderGitlabCi } from '../../../src/render/gitlab-ci.ts';
import { answers } from '../../support/builders/answers.ts';
import { parse } from 'yaml';

type Ci = Answers['ci'];
type Job = Readonly<Record<string, unknown>>;

const GENERATOR = { package: '@acme/create-gitlab-aws-oidc@1.2.3' };
const ARN = 'arn:aws:iam::123456789012:role/gitlab-audit';
const OTHER = 'arn:aws:iam::210987654321:role/security/gitlab-audit';

function pipeline(ci: Partial<Ci>, changes: Partial<Answers> = {}): Readonly<Record<string, Job>> {
  const given = answers({
    ci: { credentials: 'web-identity', generator: GENERATOR, ...ci },
    ...changes,
  });
  const text = renderGitlabCi(blueprintOf(given)).get('.gitlab-ci.yml') ?? '';
  return parse(text, { customTags: [REFERENCE] }) as Readonly<Record<string, Job>>;
}

const REFERENCE = { tag: '!reference', collection: 'seq', identify: () => false } as const;

const PROGRAM = '"$generator/node_modules/.bin/create-gitlab-aws-oidc"';
/** Jobs that run the package of ci.generator. */
const running = (jobs: Readonly<Record<string, Job>>) =>
  Object.entries(jobs).filter(([, job]) => JSON.stringify(job).includes('.bin/create-gitlab'));

test('without these answers there is no such job', () => {
  const jobs = Object.keys(pipeline({}));
  expect(jobs.filter((name) => /^(pages|audit)/.test(name))).toEqual([]);
});

describe('the access map', () => {
  const { pages } = pipeline({ access_map: true });

  test('is published from the default branch by a job that holds no token', () => {
    expect(pages).toMatchObject({
      rules: [
        { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE != "schedule"' },
      ],
      artifacts: { paths: ['public'] },
    });
    expect(pages).not.toHaveProperty('id_tokens');
    expect(pages).not.toHaveProperty('extends');
    expect(JSON.stringify(pages)).toContain(
      JSON.stringify(`${PROGRAM} explain --format html > public/index.html`),
    );
  });
});

describe('the audit', () => {
  const jobs = pipeline({ audit: { roles: [ARN, OTHER] } });

  test('runs in scheduled pipelines only', () => {
    const schedule = [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }];
    expect([jobs['audit-read']?.['rules'], jobs['audit']?.['rules']]).toEqual([schedule, schedule]);
  });

  test('reads each account with its own role, and runs no package there', () => {
    expect(jobs['audit-read']).toMatchObject({
      extends: '.aws-sign-in',
      parallel: { matrix: [{ AWS_ROLE_ARN: [ARN, OTHER] }] },
    });
    expect(running(jobs).map(([name]) => name)).toEqual(['in-sync', 'audit']);
  });

  test('runs the package in a job without a token, which takes the dumps', () => {
    expect(jobs['audit']).toMatchObject({
      needs: ['audit-read'],
      artifacts: { when: 'always', paths: ['audit.md'] },
    });
    for (const [, job] of running(jobs)) {
      expect(job).not.toHaveProperty('id_tokens');
      expect(job).not.toHaveProperty('extends');
    }
  });

  test('keeps the dumps from people who may not see them, and for an hour', () => {
    expect(jobs['audit-read']).toMatchObject({
      artifacts: { paths: ['dumps'], access: 'maintainer', expire_in: '1 hour' },
    });
  });

  test.each(['local', 's3'] as const)(
    'includes the job that signs in, with the state %s',
    (kind) => {
      const state =
        kind === 'local'
          ? ({ backend: 'local' } as const)
          : ({ backend: 's3', bucket: 'terraform-state', key: 'oidc.tfstate' } as const);
      const { include } = pipeline({ audit: { roles: [ARN] } }, { state });
      expect(include).toEqual([{ local: 'ci/assume-role.gitlab-ci.yml' }]);
    },
  );
});

describe('refused', () => {
  const problems = (ci: Partial<Ci>) =>
    checkAnswers(answers({ ci: { credentials: 'web-identity', ...ci } })).map(
      ({ where, what }) => `${where}: ${what}`,
    );
  const NO_PACKAGE = 'the pipeline runs no package of this program that could write it';

  test.each<[string, Partial<Ci>, string[]]>([
    ['a map without a generator', { access_map: true }, [`ci.access_map: ${NO_PACKAGE}`]],
    [
      'an audit without a generator',
      { generator: 'none', audit: { roles: [ARN] } },
      [`ci.audit: ${NO_PACKAGE}`],
    ],
    [
      'what is not the ARN of a role',
      { generator: GENERATOR, audit: { roles: [`${ARN} `, 'arn:aws:iam::1:role/x', "arn:aws:iam::123456789012:role/a'b"] } }, // prettier-ignore
      [
        `ci.audit.roles[0]: "${ARN} " is not the ARN of a role`,
        'ci.audit.roles[1]: "arn:aws:iam::1:role/x" is not the ARN of a role',
        `ci.audit.roles[2]: "arn:aws:iam::123456789012:role/a'b" is not the ARN of a role`,
      ],
    ],
    [
      'two roles of one account',
      { generator: GENERATOR, audit: { roles: [ARN, `${ARN}-2`] } },
      ['ci.audit.roles[1]: the account 123456789012 has two roles here'],
    ],
  ])('%s', (_, ci, expected) => {
    expect(problems(ci)).toEqual(expected);
  });

  test('false asks for nothing', () => {
    expect(problems({ access_map: false })).toEqual([]);
  });
});
