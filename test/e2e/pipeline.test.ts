import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assumeRoleFile, goldenFolder, goldens, roleJobs } from '../support/ci-file.ts';
import { variants } from '../support/ci-variants.ts';
import { commitProject, writeProject } from '../support/git-project.ts';
import { gitlabCiLocal, gitlabCiLocalTool } from '../support/gitlab-ci-local.ts';
import { moto, MotoServer } from '../support/moto-server.ts';
import { commandTool, describeWith } from '../support/required-tools.ts';

const ACCOUNT = '123456789012';
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl';
/** With these the repository's own pipeline has its plan and apply jobs. */
const OWN_ROLES = {
  OIDC_PLAN_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/plan`,
  OIDC_APPLY_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/apply`,
};

const WHO_AM_I = 'aws sts get-caller-identity --query Arn --output text';

const runner = [gitlabCiLocalTool(), commandTool('rsync', 'apt-get install rsync')];
const aws = [moto, commandTool('aws', 'pip install awscli')];

let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'pipeline-'));
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** An application's project: it includes the golden's file and has a job for each role. */
function application(golden: string, folder: string): void {
  const ciFile = 'ci/assume-role.gitlab-ci.yml';
  const jobs = roleJobs(assumeRoleFile(golden)).map(
    (role) => `
deploy-${role.slice(1)}:
  extends: ${role}
  script:
    - ${WHO_AM_I}

deploy-${role.slice(1)}-with-a-start-of-its-own:
  extends: ${role}
  before_script:
    - !reference [.aws-sign-in, before_script]
    - echo ready
  script:
    - ${WHO_AM_I}
`,
  );
  writeProject(folder, {
    [ciFile]: readFileSync(join(goldenFolder(golden), ciFile), 'utf8'),
    '.gitlab-ci.yml': `include:\n  - local: ${ciFile}\n${jobs.join('')}`,
  });
}

describeWith(runner, 'GitLab’s schema accepts', () => {
  test.each(goldens)('the pipeline of %s, with the jobs that wait for a role', (golden) => {
    const project = join(scratch, `${golden}-own`);
    cpSync(goldenFolder(golden), project, { recursive: true });
    commitProject(project);
    const { exitCode, output } = gitlabCiLocal(project, ['--list'], OWN_ROLES);
    expect(output).toMatch(/^validate /m);
    expect(exitCode).toBe(0);
    if (readFileSync(join(project, '.gitlab-ci.yml'), 'utf8').includes('OIDC_PLAN_ROLE_ARN')) {
      expect(output).toMatch(/^plan .*on_success/m);
      expect(output).toMatch(/^apply .*manual .*\[plan\]/m);
    }
  });

  test.each(variants)('the pipeline of $name', ({ name, files }) => {
    const project = join(scratch, name);
    writeProject(project, Object.fromEntries(files));
    const { exitCode, output } = gitlabCiLocal(project, ['--list'], OWN_ROLES);
    expect(output).toMatch(/^validate /m);
    expect(exitCode).toBe(0);
  });

  test.each(goldens)('an application’s project with the jobs of %s', (golden) => {
    const project = join(scratch, `${golden}-application`);
    application(golden, project);
    const { exitCode, output } = gitlabCiLocal(project, ['--list']);
    for (const role of roleJobs(assumeRoleFile(golden))) {
      expect(output).toContain(`deploy-${role.slice(1)} `);
    }
    expect(exitCode).toBe(0);
  });
});

describeWith([...runner, ...aws], 'a job in an application’s project', () => {
  let server: MotoServer;

  beforeAll(async () => {
    server = await MotoServer.start();
  });

  afterAll(async () => {
    await server.stop();
  });

  describe.each(['quickstart', 'self-managed'])('with the file of %s', (golden) => {
    let project: string;

    beforeAll(() => {
      project = mkdtempSync(join(scratch, golden));
      application(golden, project);
    });

    function run(job: string, variables: Record<string, string>) {
      return gitlabCiLocal(project, [job, '--force-shell-executor'], {
        AWS_ENDPOINT_URL: server.url,
        AWS_ID_TOKEN: TOKEN,
        ...variables,
      });
    }

    test.each([
      'deploy-aws-role-gitlab-deploy',
      'deploy-aws-role-gitlab-deploy-with-a-start-of-its-own',
    ])('%s is the role', (job) => {
      const { exitCode, output } = run(job, { AWS_ACCOUNT_ID: ACCOUNT });
      expect(output).toMatch(`> arn:aws:sts::${ACCOUNT}:assumed-role/gitlab-deploy/gitlab-`);
      expect(output).not.toContain(TOKEN);
      expect(exitCode).toBe(0);
    });

    test('stale keys of the project do not win', () => {
      const { output } = run('deploy-aws-role-gitlab-deploy', {
        AWS_ACCOUNT_ID: ACCOUNT,
        AWS_ACCESS_KEY_ID: 'AKIASTALE',
        AWS_SECRET_ACCESS_KEY: 'stale',
        AWS_SECURITY_TOKEN: 'stale',
        AWS_PROFILE: 'stale',
      });
      expect(output).toMatch(`> arn:aws:sts::${ACCOUNT}:assumed-role/gitlab-deploy/gitlab-`);
    });

    test('stops, with the cause, where the project has no AWS_ACCOUNT_ID', () => {
      const { exitCode, output } = run('deploy-aws-role-gitlab-deploy', {});
      expect(exitCode).toBeGreaterThan(0);
      expect(output).toContain('set the CI/CD variable AWS_ACCOUNT_ID');
      expect(output).not.toContain(`$ ${WHO_AM_I}`);
    });

    test('stops where the exchange fails', () => {
      const { exitCode, output } = run('deploy-aws-role-gitlab-deploy', {
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
