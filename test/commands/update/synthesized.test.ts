import { mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { GeneratedRepository } from '../../support/builders/generated-repository.ts';
import { run } from '../../support/tools/program.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const STACK = 'cdktf.out/stacks/gitlab-oidc/cdk.tf.json';
const APP = 'lib/gitlab-oidc-stack.ts';
const MAIN = 'project_path:mygroup/myproject:ref_type:branch:ref:main';

/** What CDKTF synthesizes of the quickstart, without its comments and outputs. */
function stack(subject: string): string {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: '${aws_iam_openid_connect_provider.gitlab.arn}' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'gitlab.com:aud': 'https://gitlab.com',
            'gitlab.com:sub': subject,
            'gitlab.com:project_id': '20',
            'gitlab.com:ref_protected': 'true',
          },
        },
      },
    ],
  };
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Buckets',
        Effect: 'Allow',
        Action: ['s3:GetBucketLocation', 's3:ListBucket'],
        Resource: 'arn:aws:s3:::my-bucket',
      },
      {
        Sid: 'Read',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::my-bucket/*',
      },
    ],
  };
  return JSON.stringify({
    provider: { aws: [{ region: 'eu-west-1' }] },
    resource: {
      aws_iam_openid_connect_provider: {
        gitlab: { client_id_list: ['https://gitlab.com'], url: 'https://gitlab.com' },
      },
      aws_iam_role: {
        gitlab_deploy: { assume_role_policy: JSON.stringify(trust), name: 'gitlab-deploy' },
      },
      aws_iam_role_policy: {
        gitlab_deploy_s3: {
          name: 's3',
          policy: JSON.stringify(policy),
          role: '${aws_iam_role.gitlab_deploy.name}',
        },
      },
    },
    terraform: { backend: { local: { path: 'terraform.tfstate' } } },
  });
}

/** A repository in which the app was synthesized so long after the sources were changed. Seconds. */
function synthesized(subject: string, after: number, isEdited = false): GeneratedRepository {
  const found = GeneratedRepository.of('quickstart', join(scratchFolder(), 'oidc'));
  if (isEdited) found.write(APP, `${found.read(APP)}\n// Edited.\n`);
  mkdirSync(join(found.folder, dirname(STACK)), { recursive: true });
  found.write(STACK, stack(subject));
  const time = Date.now() / 1000 + after;
  utimesSync(join(found.folder, STACK), time, time);
  return found;
}

const lint = (of: GeneratedRepository) => run(['lint', '.'], of.folder);
const check = (of: GeneratedRepository) => of.update(of.folder, '--check');

describe('an app that was synthesized to what the answers say', () => {
  test('changes nothing', async () => {
    const found = synthesized(MAIN, 60);
    expect(await check(found)).toMatchObject({ exitCode: 0 });
    const { stdout, stderr } = await lint(found);
    expect(stdout).not.toContain('cdktf.out');
    expect(stderr).toBe('');
  });

  test('shows what an edit of its source comes to, and the edit still has to be accepted', async () => {
    const { exitCode, stderr } = await check(synthesized(MAIN, 60, true));
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `Edited by hand: ${APP}\n  cdktf.out has the roles and providers that the answers describe\n`,
    );
  });
});

describe('an app that was synthesized to something else', () => {
  const OTHER = MAIN.replace('main', 'other');

  test('fails update --check with the effect', async () => {
    const { exitCode, stderr } = await check(synthesized(OTHER, 60));
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Edited by hand: ${STACK}\n  Somebody gains access.\n`);
    expect(stderr).toContain('gains: mygroup/myproject (id 20): branch other');
  });

  test('has that effect reported for the edit of its source', async () => {
    const { stderr } = await check(synthesized(OTHER, 60, true));
    expect(stderr).toContain(`Edited by hand: ${APP}\n  Somebody gains access.\n`);
  });

  test('is checked by lint in addition to the HCL, which says that the two disagree', async () => {
    const { stdout, stderr } = await lint(synthesized(OTHER, 60));
    expect(stdout).toContain('gitlab-deploy: ');
    expect(stdout).toContain('gitlab-deploy (cdktf.out): ');
    expect(stderr).toContain('cdktf.out is not as gitlab-aws-oidc.yaml says');
  });

  test('is shown by explain in addition to the HCL', async () => {
    const { stdout } = await run(['explain', '.'], synthesized(OTHER, 60).folder);
    expect(stdout).toContain('branch main');
    expect(stdout).toContain('branch other');
  });

  test('is compared with the HCL where that was edited', async () => {
    const found = synthesized(MAIN, 60);
    found.edit('terraform/roles.tf', 'ref:main', 'ref:other');
    const { stderr } = await check(found);
    expect(stderr).toContain('terraform and cdktf.out describe different roles or providers');
    expect((await lint(found)).stderr).toContain('cdktf.out is not as terraform says');
  });
});

describe('an app that is older than its source', () => {
  const OTHER = MAIN.replace('main', 'other');

  test('is not read, and lint says so', async () => {
    const { stdout, stderr } = await lint(synthesized(OTHER, -60));
    expect(stdout).not.toContain('cdktf.out');
    expect(stderr).toMatch(/^cdktf\.out is not read: it is older than /);
  });

  test('leaves the effect of an edit open', async () => {
    const { exitCode, stderr } = await check(synthesized(MAIN, -60, true));
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'its effect on access cannot be evaluated\n  cdktf.out is older than ',
    );
  });
});

test('a link in the place of cdktf.out is refused', async () => {
  const found = GeneratedRepository.of('quickstart', join(scratchFolder(), 'oidc'));
  symlinkSync('terraform', join(found.folder, 'cdktf.out'));
  const { exitCode, stderr } = await lint(found);
  expect(stderr).toContain('It is a symbolic link.');
  expect(exitCode).toBe(2);
});
