import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Answers } from '../../../src/answers/schema.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { renderGenerated } from '../../../src/repository/render.ts';
import { answers, role } from '../../support/builders/answers.ts';

interface Job {
  readonly stage?: string;
  readonly extends?: unknown;
  readonly script?: readonly unknown[];
  readonly rules?: readonly { readonly if: string }[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly parallel?: { readonly matrix: readonly Record<string, string>[] };
  readonly trigger?: { readonly include: readonly { readonly local: string }[] };
}
interface Pipeline {
  readonly stages: readonly string[];
  readonly jobs: Readonly<Record<string, Job>>;
}

function filesFor(
  count: number,
  change: Partial<Answers['ci']> = {},
  more: Partial<Answers> = {},
): ReadonlyMap<string, string> {
  const accounts = Array.from({ length: count }, (_, index) => ({
    name: `a${index + 1}`,
    id: String(100_000_000_000 + index),
  }));
  const given = answers({
    aws: { region: 'eu-west-1' },
    accounts,
    roles: [role()],
    output: 'hcl',
    state: { backend: 's3', bucket: 'my-states', key: '{account}.tfstate' },
    ci: { credentials: 'web-identity', ...change },
    ...more,
  });
  return renderGenerated(blueprintOf(given));
}

function pipelineIn(files: ReadonlyMap<string, string>, path = '.gitlab-ci.yml'): Pipeline {
  const { stages, ...jobs } = parse(files.get(path) ?? '', { customTags: [REFERENCE] }) as Readonly<
    Record<string, Job>
  > & { readonly stages: readonly string[] };
  return { stages, jobs };
}

/** GitLab's own tag. */
const REFERENCE = { tag: '!reference', collection: 'seq' } as const;

const accountsOf = (job: Job | undefined) => job?.parallel?.matrix.map(({ ACCOUNT }) => ACCOUNT);

test('the accounts that are named are applied in that order, and the others together after them', () => {
  const pipeline = pipelineIn(filesFor(4, { promotion: ['a3', 'a1'] }));
  expect(pipeline.stages).toEqual(['validate', 'plan', 'summary', 'apply-a3', 'apply-a1', 'apply']);
  expect(accountsOf(pipeline.jobs['plan'])).toEqual(['a3', 'a1', 'a2', 'a4']);
  expect(accountsOf(pipeline.jobs['apply'])).toEqual(['a2', 'a4']);
});

test('200 accounts are one matrix; with one more there are child pipelines of at most 200', () => {
  expect(accountsOf(pipelineIn(filesFor(200)).jobs['.accounts'])?.length).toBe(200);
  const files = filesFor(401);
  const parent = pipelineIn(files);
  const children = Object.values(parent.jobs).flatMap(({ trigger }) => trigger?.include ?? []);
  expect(children.map(({ local }) => local)).toEqual([
    'ci/accounts-1.gitlab-ci.yml',
    'ci/accounts-2.gitlab-ci.yml',
    'ci/accounts-3.gitlab-ci.yml',
  ]);
  const sizes = children.map(
    ({ local }) => accountsOf(pipelineIn(files, local).jobs['.accounts'])?.length,
  );
  expect(sizes).toEqual([200, 200, 1]);
  const headings = children.map(({ local }) => files.get(local)?.split('\n')[0]);
  expect(headings).toEqual([
    '# The plans and applies of a1 to a200.',
    '# The plans and applies of a201 to a400.',
    '# The plans and applies of a401.',
  ]);
});

test('a scheduled pipeline offers no apply, nor do its child pipelines, which know what started their parent', () => {
  const ruleOf = ({ jobs }: Pipeline) => jobs['.apply']?.rules?.map((rule) => rule.if);
  const [few, many] = [filesFor(2), filesFor(201)];
  const onMain = '$OIDC_PLAN_ROLE && $OIDC_APPLY_ROLE && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH';
  expect(ruleOf(pipelineIn(few))).toEqual([`${onMain} && $CI_PIPELINE_SOURCE != "schedule"`]);
  expect(ruleOf(pipelineIn(many, 'ci/accounts-1.gitlab-ci.yml'))).toEqual([
    `${onMain} && $PARENT_PIPELINE_SOURCE != "schedule"`,
  ]);
  expect(pipelineIn(many).jobs['accounts-1']?.variables).toEqual({
    PARENT_PIPELINE_SOURCE: '$CI_PIPELINE_SOURCE',
  });
});

test('the provider is downloaded once also where no lock file is committed, which takes a variable of Terraform', () => {
  const script = pipelineIn(filesFor(2)).jobs['validate']?.script?.join('\n');
  expect(script).toMatch(
    /export TF_PLUGIN_CACHE_DIR=.* TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE=true/,
  );
});

test('an account adds at most 3 kB', () => {
  const size = (count: number) =>
    [...filesFor(count).values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  expect((size(180) - size(80)) / 100).toBeLessThanOrEqual(3000);
});

test('repositories that are included together have job names of their own', () => {
  const text = filesFor(2, { job_prefix: 'shop' }).get('ci/assume-role.gitlab-ci.yml') ?? '';
  const jobs = [...text.matchAll(/^(\.[\w-]+):$/gm)].map(([, name]) => name);
  expect(jobs).toEqual([
    '.shop-sign-in',
    '.shop-region-eu-west-1',
    '.shop-a1-deploy',
    '.shop-a2-deploy',
  ]);
});

describe('with a generator', () => {
  const generator = { package: '@acme/create-gitlab-aws-oidc@1.2.3' };

  test('all plans are checked, by a job that has no ID token, before any account is applied', () => {
    const { jobs, stages } = pipelineIn(filesFor(3, { generator, promotion: ['a2'] }));
    expect(stages).toEqual(['validate', 'plan', 'lint', 'summary', 'apply-a2', 'apply']);
    const { 'lint-plan': lint } = jobs;
    expect(lint?.stage).toBe('lint');
    expect(lint?.script?.at(1)).toMatch(/ lint terraform --fail-on error --issuer /);
    for (const key of ['extends', 'id_tokens', 'variables', 'needs']) {
      expect(lint).not.toHaveProperty(key);
    }
  });

  test('each child pipeline checks its own plans', () => {
    const files = filesFor(201, { generator });
    for (const path of ['ci/accounts-1.gitlab-ci.yml', 'ci/accounts-2.gitlab-ci.yml']) {
      const { jobs, stages } = pipelineIn(files, path);
      expect(stages).toEqual(['plan', 'lint', 'summary', 'apply']);
      expect(jobs['lint-plan']?.script?.[0]).toEqual(['.generator', 'script']);
      expect(Object.keys(jobs)).toContain('.generator');
    }
  });
});

describe('with a bootstrap', () => {
  const bootstrapped = (count: number) =>
    filesFor(
      count,
      {},
      {
        gitlab: { url: 'https://gitlab.com', repository: 'acme/oidc' },
        bootstrap: {
          plan_role: 'p',
          apply_role: 'a',
          role_path: '/boot/',
          state_account: '9'.repeat(12),
        },
      },
    );
  const OWN = '$CI_PROJECT_PATH == "acme/oidc"';

  test('each job signs in to its own role in the account, in this project only', () => {
    const { jobs } = pipelineIn(bootstrapped(2));
    const role = (name: string) => 'arn:aws:iam::${ACCOUNT_ID}:role/boot/' + name;
    expect(jobs['plan']?.variables).toMatchObject({ AWS_ROLE_ARN: role('p') });
    expect(jobs['.apply']?.variables).toMatchObject({ AWS_ROLE_ARN: role('a') });
    expect(jobs['plan']?.rules?.map((rule) => rule.if)).toEqual([OWN]);
    expect(jobs['.apply']?.rules?.map((rule) => rule.if)).toEqual([
      `${OWN} && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE != "schedule"`,
    ]);
  });

  test('no CI/CD variable names a role, in the pipeline, its children or on a page', () => {
    for (const [path, text] of bootstrapped(201)) {
      expect([path, text.includes('OIDC_PLAN_ROLE')]).toEqual([path, false]);
    }
  });
});
