import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { answers } from '../support/builders/answers.ts';
import { assumeRoleFile, roleJobs } from '../support/builders/ci-file.ts';
import { goldenFolder, GOLDENS } from '../support/builders/goldens.ts';
import { variants } from '../support/builders/ci-variants.ts';
import { writeApplication } from '../support/tools/application.ts';
import { commitProject, writeProject } from '../support/tools/git-project.ts';
import { gitlabCiLocal, gitlabCiLocalTools } from '../support/tools/gitlab-ci-local.ts';
import { awsCli, describeWith } from '../support/tools/required-tools.ts';

const ACCOUNT = '123456789012';
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl';
/** With these the repository's own pipeline has its plan and apply jobs. */
const OWN_ROLES = {
  OIDC_PLAN_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/plan`,
  OIDC_APPLY_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/apply`,
};

const WHO_AM_I = 'aws sts get-caller-identity --query Arn --output text';

const runner = gitlabCiLocalTools();

let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'pipeline-'));
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** An application's project with a job for each role of a golden. */
function application(golden: string, folder: string): void {
  const jobs = roleJobs(assumeRoleFile(golden)).map(
    (role) => `
deploy-${role.slice(1)}:
  extends: ${role}
  script:
    - ${WHO_AM_I}
`,
  );
  writeApplication(folder, golden, jobs.join(''));
}

describeWith(runner, "GitLab's schema accepts", () => {
  test.each(GOLDENS)('the pipeline of %s, with the jobs that wait for a role', async (golden) => {
    const project = join(scratch, `${golden}-own`);
    cpSync(goldenFolder(golden), project, { recursive: true });
    commitProject(project);
    const { exitCode, output } = await gitlabCiLocal(project, ['--list'], OWN_ROLES);
    expect(output).toMatch(/^validate /m);
    expect(exitCode).toBe(0);
    if (readFileSync(join(project, '.gitlab-ci.yml'), 'utf8').includes('OIDC_PLAN_ROLE_ARN')) {
      expect(output).toMatch(/^plan .*on_success/m);
      expect(output).toMatch(/^apply .*manual .*\[plan(,lint-plan)?\]/m);
    }
  });

  test('a scheduled pipeline plans and offers no apply', async () => {
    const project = join(scratch, 'scheduled');
    cpSync(goldenFolder('plan-and-apply'), project, { recursive: true });
    commitProject(project);
    const variables = { ...OWN_ROLES, CI_PIPELINE_SOURCE: 'schedule' };
    const { output } = await gitlabCiLocal(project, ['--list'], variables);
    expect(output).toMatch(/^plan .*on_success/m);
    expect(output).not.toMatch(/^apply /m);
  });

  test.each(variants)('the pipeline of $name', async ({ name, files }) => {
    const project = join(scratch, name);
    writeProject(project, Object.fromEntries(files));
    const { exitCode, output } = await gitlabCiLocal(project, ['--list'], OWN_ROLES);
    expect(output).toMatch(/^validate /m);
    expect(exitCode).toBe(0);
  });

  describe('401 accounts, in the order dev, stage, then the others', () => {
    const names = ['dev', 'stage', ...Array.from({ length: 399 }, (_, index) => `a${index}`)];
    const roles = { OIDC_PLAN_ROLE: 'plan', OIDC_APPLY_ROLE: 'apply' };
    const pipelines = [
      ['.gitlab-ci.yml', /^accounts-4 .*\bapply\b/m],
      ['ci/accounts-1.gitlab-ci.yml', /^apply: \[dev,.*manual/m],
      ['ci/accounts-4.gitlab-ci.yml', /^apply: \[a398,.*manual/m],
    ] as const;
    let project: string;

    beforeAll(() => {
      project = join(scratch, 'accounts-401');
      const given = answers({
        aws: { region: 'eu-west-1' },
        accounts: names.map((name, index) => ({ name, id: String(100_000_000_000 + index) })),
        output: 'hcl',
        state: { backend: 's3', bucket: 'my-states', key: '{account}.tfstate' },
        ci: { credentials: 'web-identity', promotion: ['dev', 'stage'] },
      });
      writeProject(project, Object.fromEntries(renderGenerated(blueprintOf(given))));
    });

    test.each(pipelines)('%s', async (file, listed) => {
      const { exitCode, output } = await gitlabCiLocal(project, ['--list', '--file', file], roles);
      expect(output).toMatch(listed);
      expect(exitCode).toBe(0);
    });
  });

  test.each(GOLDENS)("an application's project with the jobs of %s", async (golden) => {
    const project = join(scratch, `${golden}-application`);
    application(golden, project);
    const { exitCode, output } = await gitlabCiLocal(project, ['--list']);
    for (const role of roleJobs(assumeRoleFile(golden))) {
      expect(output).toContain(`deploy-${role.slice(1)} `);
    }
    expect(exitCode).toBe(0);
  });
});

describeWith([...runner, awsCli], "a job in an application's project", () => {
  describe.each(['quickstart', 'self-managed'])('with the file of %s', (golden) => {
    let project: string;

    beforeAll(() => {
      project = mkdtempSync(join(scratch, golden));
      application(golden, project);
    });

    function run(job: string, variables: Record<string, string>) {
      return gitlabCiLocal(project, [job, '--force-shell-executor'], {
        AWS_ID_TOKEN: TOKEN,
        ...variables,
      });
    }

    test('stops, with the cause, where the project has no AWS_ACCOUNT_ID', async () => {
      const { exitCode, output } = await run('deploy-aws-role-gitlab-deploy', {});
      expect(exitCode).toBeGreaterThan(0);
      expect(output).toContain('set the CI/CD variable AWS_ACCOUNT_ID');
      expect(output).not.toContain(`$ ${WHO_AM_I}`);
    });

    test('stops where the exchange fails', async () => {
      const { exitCode, output } = await run('deploy-aws-role-gitlab-deploy', {
        AWS_ACCOUNT_ID: ACCOUNT,
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        AWS_MAX_ATTEMPTS: '1',
      });
      expect(exitCode).toBeGreaterThan(0);
      expect(output).toContain('Could not connect to the endpoint URL');
      expect(output).not.toContain(`$ ${WHO_AM_I}`);
    });
  });
});
