import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answers } from '../../src/answers/schema.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { adminEnvironment } from '../support/tools/administrator.ts';
import { answers, role } from '../support/builders/answers.ts';
import { createProvider } from '../support/tools/deployed-golden.ts';
import { writeProject } from '../support/tools/git-project.ts';
import { gitlabCiLocal, gitlabCiLocalTools } from '../support/tools/gitlab-ci-local.ts';
import { claimsOf, type Pipeline } from '../support/builders/id-token-claims.ts';
import { Issuer } from '../support/stand-ins/issuer.ts';
import { NpmRegistry } from '../support/stand-ins/npm-registry.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { awsCli, describeWith, terraform } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import { StsGate } from '../support/stand-ins/sts-gate.ts';
import { mirrorSettings } from '../support/tools/terraform.ts';
import { VERSION } from '../../src/version.ts';

const tools = [...gitlabCiLocalTools(), moto, awsCli, terraform];

const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
const AUDIENCE = 'https://gitlab.com';

/** The repository's own roles, which somebody makes once: plans from every branch, deploys from main. */
const OWN_ROLES = {
  OIDC_PLAN_ROLE_ARN: 'arn:aws:iam::123456789012:role/aws-access-plan',
  OIDC_APPLY_ROLE_ARN: 'arn:aws:iam::123456789012:role/aws-access-apply',
};
const PROJECT = { path: 'acme/aws-access', id: 8 };
const SUBJECTS = {
  'aws-access-plan': 'project_path:acme/aws-access:ref_type:branch:ref:*',
  'aws-access-apply': 'project_path:acme/aws-access:ref_type:branch:ref:main',
};

const ON_MAIN = { project: PROJECT, branch: 'main', isProtected: true };
const OF_MERGE_REQUEST = { project: PROJECT, mergeRequestFrom: 'feature' };

const CREDENTIALS = ['web-identity', 'script'] as const;
type Credentials = (typeof CREDENTIALS)[number];

/** With a provider that is there before, and a remote state, the first deploy can be a pipeline's. */
function repository(
  credentials: Credentials,
  changes: Partial<Answers> = {},
): Record<string, string> {
  const given = answers({
    aws: { region: 'eu-west-1' },
    provider: { mode: 'existing' },
    roles: [role({ name: `deploy-${credentials}`, permissions: { s3: { read: ['my-bucket'] } } })],
    output: 'hcl',
    state: { backend: 's3', bucket: 'terraform-state', key: `${credentials}/oidc.tfstate` },
    ci: { credentials },
    ...changes,
  });
  return Object.fromEntries(
    [...renderGenerated(blueprintOf(given))].map(([path, text]) => [
      path,
      withoutAfterScript(text),
    ]),
  );
}

/**
 * gitlab-ci-local restores the checkout before an `after_script`, so that the plan would be gone before it becomes an
 * artifact; GitLab Runner keeps it. `test/render/gitlab-ci/token-file` runs the `after_script`.
 */
function withoutAfterScript(text: string): string {
  return text.replace(/^ {2}after_script:\n(?: {4}.*\n)+/m, '');
}

describeWith(tools, 'the pipeline of a generated repository', () => {
  let scratch: string;
  let server: MotoServer;
  let issuer: Issuer;
  let gate: StsGate;
  let registry: NpmRegistry;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'repository-pipeline-'));
    for (const credentials of CREDENTIALS) {
      writeProject(join(scratch, credentials), repository(credentials));
    }
    registry = await NpmRegistry.start(scratch);
    server = await MotoServer.start();
    issuer = await Issuer.start('https://gitlab.com');
    gate = await StsGate.start(server.url, [issuer]);
    await createProvider(server.url, 'eu-west-1', 'https://gitlab.com', AUDIENCE);
    for (const [name, subject] of Object.entries(SUBJECTS)) {
      const trust = JSON.stringify(trustPolicy('StringLike', subject));
      const document = ['--assume-role-policy-document', trust];
      await aws('iam', 'create-role', '--role-name', name, ...document);
    }
    const bucket = ['--bucket', 'terraform-state'];
    const place = ['--create-bucket-configuration', 'LocationConstraint=eu-west-1'];
    await aws('s3api', 'create-bucket', ...bucket, ...place);
  });

  afterAll(async () => {
    await registry.stop();
    await gate.stop();
    await issuer.stop();
    await server.stop();
    rmSync(scratch, { recursive: true });
  });

  function aws(...args: string[]): Promise<string> {
    return run('aws', args, scratch, adminEnvironment(server.url));
  }

  async function pipeline(project: string, jobs: string[], of: Pipeline) {
    const args = [...jobs, '--force-shell-executor', '--shell-isolation'];
    return gitlabCiLocal(join(scratch, project), args, {
      ...OWN_ROLES,
      ...mirrorSettings(scratch),
      ...endpoints(gate.url),
      AWS_ID_TOKEN: await issuer.token(claimsOf(of), { audience: AUDIENCE }),
      CHECKPOINT_DISABLE: '1',
      npm_config_registry: registry.url,
      TF_CLI_ARGS: '-no-color',
      // A bucket has no host name of its own here.
      TF_CLI_ARGS_init: '-backend-config=use_path_style=true',
    });
  }

  test('validates', async () => {
    const { exitCode, output } = await pipeline('web-identity', ['validate'], ON_MAIN);
    expect(output).toContain('Success! The configuration is valid.');
    expect(exitCode).toBe(0);
  });

  test.each(CREDENTIALS)('plans and deploys from main, signed in by %s', async (credentials) => {
    const { exitCode, output } = await pipeline(credentials, ['plan', 'apply'], ON_MAIN);
    expect(output).toMatch(/^plan .*Signed in to AWS as gitlab-\d+-\d+\./m);
    expect(output).toContain('Plan: 2 to add, 0 to change, 0 to destroy.');
    expect(output).toMatch(/^apply .*Signed in to AWS as gitlab-\d+-\d+\./m);
    expect(output).toContain('Apply complete! Resources: 2 added, 0 changed, 0 destroyed.');
    expect(exitCode).toBe(0);
    const made = await aws('iam', 'get-role', '--role-name', `deploy-${credentials}`);
    const subject = 'project_path:acme/web:ref_type:branch:ref:main';
    expect(JSON.parse(made)).toMatchObject({
      Role: { AssumeRolePolicyDocument: trustPolicy('StringEquals', subject) },
    });
  });

  test('plans from a merge request, by the state that the deploy left', async () => {
    const { exitCode, output } = await pipeline('web-identity', ['plan'], OF_MERGE_REQUEST);
    expect(output).toContain('No changes. Your infrastructure matches the configuration.');
    expect(exitCode).toBe(0);
  });

  test.each(CREDENTIALS)(
    'does not deploy from a merge request: signing in by %s, the job stops before Terraform',
    async (credentials) => {
      const { exitCode, output } = await pipeline(credentials, ['apply'], OF_MERGE_REQUEST);
      expect(output).toContain('Not authorized to perform sts:AssumeRoleWithWebIdentity');
      expect(output).not.toContain('$ terraform');
      expect(exitCode).toBeGreaterThan(0);
    },
  );

  describe('with a generator, the plan is checked before it is applied', () => {
    const JOBS = ['plan', 'lint-plan', 'apply'];

    /** Where the repository creates the provider, the trust of its first plan hangs on what AWS has still to make. */
    function project(
      name: string,
      mode: 'create' | 'existing',
      edit: (roles: string) => string = (text) => text,
    ): void {
      const files = repository('web-identity', {
        provider: { mode },
        state: { backend: 's3', bucket: 'terraform-state', key: `${name}/oidc.tfstate` },
        ci: {
          credentials: 'web-identity',
          generator: {
            package: `create-gitlab-aws-oidc@${VERSION}`,
            integrity: registry.integrity,
          },
        },
      });
      const roles = edit(files['terraform/roles.tf'] ?? '');
      writeProject(join(scratch, name), { ...files, 'terraform/roles.tf': roles });
    }

    test('the first plan of a repository has no error', async () => {
      project('first-plan', 'create');
      const { exitCode, output } = await pipeline('first-plan', JOBS.slice(0, 2), ON_MAIN);
      expect(output).toMatch(/Plan: 3 to add, 0 to change, 0 to destroy/);
      expect(output).toMatch(/^lint-plan > 0 errors, \d+ warnings? in 1 policy/m);
      expect(output).toMatch(/PASS +lint-plan/);
      expect(exitCode).toBe(0);
    });

    test('a plan that is made again after the check is not applied before it is checked too', async () => {
      project('planned-again', 'existing');
      const run = (...jobs: string[]) => pipeline('planned-again', jobs, ON_MAIN);
      for (const jobs of [['plan', 'lint-plan'], ['plan']])
        expect(await run(...jobs)).toMatchObject({ exitCode: 0 });
      const { exitCode, output } = await run('apply');
      expect(output).toContain('lint-plan has not checked this plan.');
      expect(output).not.toMatch(/^apply .*\$ terraform/m);
      expect(exitCode).toBeGreaterThan(0);
      expect(await run('lint-plan')).toMatchObject({ exitCode: 0 });
      expect((await run('apply')).output).toMatch(/^apply .*\$ terraform .* apply .*plan\.tfplan/m);
    });

    test.each(['create', 'existing'] as const)(
      'a trust policy that an edit opened stops the pipeline, and apply does not run: provider %s',
      async (mode) => {
        project(`opened-${mode}`, mode, (text) =>
          text
            .replace('StringEquals', 'StringLike')
            .replace('project_path:acme/web:ref_type:branch:ref:main', 'project_path:*')
            .replace(/^.*gitlab\.com:aud.*\n/m, ''),
        );
        const { exitCode, output } = await pipeline(`opened-${mode}`, JOBS, ON_MAIN);
        expect(output).toMatch(/^lint-plan > +error OIDC\d{3} /m);
        expect(output).toMatch(/FAIL +lint-plan/);
        expect(output).not.toContain('Apply complete');
        expect(exitCode).toBeGreaterThan(0);
      },
    );
  });
});

function trustPolicy(operator: 'StringEquals' | 'StringLike', subject: string): unknown {
  const audience = { 'gitlab.com:aud': AUDIENCE };
  const sub = { 'gitlab.com:sub': subject };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: PROVIDER },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition:
          operator === 'StringEquals'
            ? { StringEquals: { ...audience, ...sub } }
            : { StringEquals: audience, StringLike: sub },
      },
    ],
  };
}

/** Terraform's S3 backend reads the endpoint of each service only. */
function endpoints(url: string): Record<string, string> {
  return { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_STS: url, AWS_ENDPOINT_URL_S3: url };
}
