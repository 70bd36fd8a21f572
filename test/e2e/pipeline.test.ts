import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readPolicies } from '../../src/commands/policy-inputs.ts';
import { goldenFolder, GOLDENS } from '../support/goldens.ts';
import { Moto } from '../support/moto.ts';
import { Runner } from '../support/runner.ts';
import { scratchFolders } from '../support/scratch-folder.ts';
import { hasTool } from '../support/tools.ts';

const scratchFolder = scratchFolders();

const present = [
  hasTool('rsync', 'install the package rsync'),
  hasTool('moto_server', 'pip install "moto[server]"'),
  hasTool(
    'aws',
    'see https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
  ),
].every(Boolean);

(present ? describe : describe.skip)('the emitted pipelines, in a real runner', () => {
  let runner: Runner;
  let moto: Moto;

  beforeAll(async () => {
    [runner, moto] = await Promise.all([Runner.install(), Moto.start()]);
  }, 120_000);

  afterAll(() => {
    moto.stop();
  });

  test.each(GOLDENS)('%s: its own pipeline fits GitLab’s schema', async (golden) => {
    const folder = scratchFolder();
    cpSync(goldenFolder(golden), folder, { recursive: true });
    await runner.checkout(folder);
    expect(await runner.run(['--list'], folder)).toMatch(/^validate /m);
  });

  test.each(GOLDENS)('%s: a project that extends every role’s job fits it too', async (golden) => {
    const { folder, jobs } = await project(golden, 'echo');
    const list = await runner.run(['--list'], folder);
    for (const job of jobs) expect(list).toContain(`${job} `);
  });

  test.each([
    ['web identity', 'quickstart'],
    ['the script', 'self-managed'],
  ])('a job signs in by %s, past stale keys, and is the role', async (_way, golden) => {
    const { folder, jobs } = await project(golden, 'aws sts get-caller-identity');
    const output = await runner.run(
      [...jobs, '--force-shell-executor', ...variables(moto)],
      folder,
      { AWS_ACCESS_KEY_ID: 'stale', AWS_SECRET_ACCESS_KEY: 'stale', AWS_PROFILE: 'stale' },
    );
    expect(output).toMatch(/assumed-role\/gitlab-deploy\/gitlab-\d+-\d+/);
  });

  test('a job whose exchange fails stops there', async () => {
    const { folder, jobs } = await project('self-managed', 'echo went-on');
    // Nobody listens on this port.
    const nowhere = variables({ url: 'http://127.0.0.1:9' });
    const failure = runner.run([...jobs, '--force-shell-executor', ...nowhere], folder);
    await expect(failure).rejects.toThrow(/Could not connect to the endpoint URL/);
    await expect(failure).rejects.not.toThrow(/> went-on/);
  });

  /** A project that includes the golden's CI file, with a job for each role. */
  async function project(golden: string, script: string) {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'ci'));
    cpSync(join(goldenFolder(golden), 'ci'), join(folder, 'ci'), { recursive: true });
    const { blueprint } = await readPolicies(goldenFolder(golden));
    const names = (blueprint?.roles ?? []).map(({ name }) => name);
    const jobs = names.map(
      (name) => `job-${name}:\n  extends: ".aws-role-${name}"\n  script:\n    - ${script}\n`,
    );
    const file = `include:\n  - local: ci/assume-role.gitlab-ci.yml\n\n${jobs.join('\n')}`;
    writeFileSync(join(folder, '.gitlab-ci.yml'), file);
    await runner.checkout(folder);
    return { folder, jobs: names.map((name) => `job-${name}`) };
  }
});

function variables({ url }: { readonly url: string }): string[] {
  return [
    `AWS_ENDPOINT_URL=${url}`,
    'AWS_ACCOUNT_ID=123456789012',
    'AWS_ID_TOKEN=header.claims.signature',
    'AWS_MAX_ATTEMPTS=1',
  ].flatMap((variable) => ['--variable', variable]);
}
