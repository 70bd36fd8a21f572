import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { VERSION } from '../../src/version.ts';
import { answers } from '../support/builders/answers.ts';
import { claimsOf } from '../support/builders/id-token-claims.ts';
import { Issuer } from '../support/stand-ins/issuer.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { NpmRegistry } from '../support/stand-ins/npm-registry.ts';
import { StsGate } from '../support/stand-ins/sts-gate.ts';
import { adminEnvironment } from '../support/tools/administrator.ts';
import { createProvider } from '../support/tools/deployed-golden.ts';
import { writeProject } from '../support/tools/git-project.ts';
import { gitlabCiLocal, gitlabCiLocalTools } from '../support/tools/gitlab-ci-local.ts';
import { awsCli, describeWith } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';

const AUDIENCE = 'https://gitlab.com';
const ACCOUNT = '123456789012';
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.com`;

describeWith([...gitlabCiLocalTools(), moto, awsCli], 'reports in the pipeline', () => {
  let scratch: string;
  let project: string;
  let server: MotoServer;
  let issuer: Issuer;
  let gate: StsGate;
  let registry: NpmRegistry;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'access-reports-'));
    project = join(scratch, 'project');
    registry = await NpmRegistry.start(scratch);
    server = await MotoServer.start();
    issuer = await Issuer.start('https://gitlab.com');
    gate = await StsGate.start(server.url, [issuer]);
    const given = answers({
      ci: {
        credentials: 'web-identity',
        generator: { package: `create-gitlab-aws-oidc@${VERSION}` },
        access_map: true,
        audit: { roles: [`arn:aws:iam::${ACCOUNT}:role/gitlab-audit`] },
      },
    });
    // gitlab-ci-local restores the checkout before an after_script, so that the exports would be gone.
    const files = [...renderGenerated(blueprintOf(given))].map(([path, text]): [string, string] => [
      path,
      text.replace(/^ {2}after_script:\n(?: {4}.*\n)+/m, ''),
    ]);
    writeProject(project, Object.fromEntries(files));
    await createProvider(server.url, 'eu-west-1', 'https://gitlab.com', AUDIENCE);
    await createRole('gitlab-audit', 'project_path:acme/aws-access:ref_type:branch:ref:main');
    await createRole('deploy-anything', 'project_path:acme/*');
    await aws(
      ...['iam', 'attach-role-policy', '--role-name', 'deploy-anything'],
      ...['--policy-arn', 'arn:aws:iam::aws:policy/AdministratorAccess'],
    );
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

  async function createRole(name: string, sub: string): Promise<void> {
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: PROVIDER },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { 'gitlab.com:aud': AUDIENCE },
            StringLike: { 'gitlab.com:sub': sub },
          },
        },
      ],
    });
    await aws('iam', 'create-role', '--role-name', name, '--assume-role-policy-document', trust);
  }

  async function pipeline(jobs: string[], source: string) {
    const claims = claimsOf({
      project: { path: 'acme/aws-access', id: 8 },
      branch: 'main',
      isProtected: true,
    });
    return gitlabCiLocal(project, [...jobs, '--force-shell-executor', '--shell-isolation'], {
      AWS_ENDPOINT_URL_STS: gate.url,
      AWS_ENDPOINT_URL_IAM: gate.url,
      AWS_ID_TOKEN: await issuer.token(claims, { audience: AUDIENCE }),
      CI_PIPELINE_SOURCE: source,
      npm_config_registry: registry.url,
    });
  }

  test('a scheduled pipeline reads IAM, and its report names the role that is too wide', async () => {
    const { output } = await pipeline(['audit-read', 'audit'], 'schedule');
    expect(output).toContain('Signed in to AWS');
    const report = artifact('audit.md');
    expect(report).toContain('`123456789012/deploy-anything`');
    expect(report).toContain('AUD001 too-wide');
  });

  test('the page is made by the job that GitLab publishes it from', async () => {
    const { exitCode } = await pipeline(['pages'], 'push');
    expect(exitCode).toBe(0);
    expect(artifact('public/index.html')).toContain('Content-Security-Policy');
  });

  /** What a job kept, which gitlab-ci-local copies to the project. */
  function artifact(path: string): string {
    const kept = join(project, '.gitlab-ci-local', 'artifacts');
    const found = [project, ...(existsSync(kept) ? readdirSync(kept).map((one) => join(kept, one)) : [])]; // prettier-ignore
    const file = found.map((folder) => join(folder, path)).find((one) => existsSync(one));
    return file === undefined ? '' : readFileSync(file, 'utf8');
  }
});
