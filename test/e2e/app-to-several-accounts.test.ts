import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { adminEnvironment, administratorOf } from '../support/tools/administrator.ts';
import { run as runProgram } from '../support/tools/program.ts';
import { awsCli, describeWith, terraform } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import { BUCKET, STATE_ANSWERS, STATE_KINDS, States } from '../support/tools/states.ts';
import { mirrorSettings, providerMirror, terraformInit } from '../support/tools/terraform.ts';
import { unpinProvider } from '../support/tools/unpinned.ts';

const ID = '123456789012';
const PROD = '333333333333';
const NO_CHANGES = 'No changes. Your infrastructure matches the configuration.';
const CDKTF = resolve('node_modules/.bin/cdktf');

/** What `update` says of the state of the app when the account gets its name. */
const REPORTED = {
  local: 'rename terraform.gitlab-oidc.tfstate to terraform.dev.tfstate',
  s3: `copy its state: aws s3 cp s3://${BUCKET}/oidc/terraform.tfstate s3://${BUCKET}/cdktf/oidc/terraform.tfstate`,
  gitlab:
    'copy its state: run terraform state pull in cdktf.out/stacks/gitlab-oidc, as it is before this update, and terraform state push in cdktf.out/stacks/dev',
} as const;

describeWith([terraform, moto, awsCli], 'the app of a deployed repository of one account', () => {
  let scratch: string;

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'app-to-several-'));
  });

  afterAll(() => {
    rmSync(scratch, { recursive: true });
  });

  describe.each(STATE_KINDS)('with its state: %s', (kind) => {
    const repository = () => new GeneratedRepository(join(scratch, kind));
    let aws: MotoServer;
    let states: States;
    let roleIds: string;

    beforeAll(async () => {
      aws = await MotoServer.start();
      states = await States.start(kind, aws, [PROD]);
      const made = GeneratedRepository.of('quickstart', repository().folder);
      const ofAccount = `  repository: mygroup/oidc\naws:\n  account_id: "${ID}"\n`;
      made.edit('gitlab-aws-oidc.yaml', 'aws:\n', ofAccount);
      made.edit('gitlab-aws-oidc.yaml', STATE_ANSWERS.local, STATE_ANSWERS[kind]);
      await made.update();
      symlinkSync(resolve('node_modules'), join(made.folder, 'node_modules'));
      await synthesized('gitlab-oidc');
      await inStack('gitlab-oidc', 'apply', '-auto-approve', '-input=false');
      roleIds = await rolesInAws();
    });

    afterAll(async () => {
      await states.stop();
      await aws.stop();
    });

    const inAws = (...args: string[]) => run('aws', args, scratch, adminEnvironment(aws.url));

    /** The IDs that AWS gives to roles when it makes them. */
    const rolesInAws = () => inAws('iam', 'list-roles', '--query', 'Roles[].[RoleName,RoleId]');

    const folderOf = (stack: string) => join(repository().folder, 'cdktf.out/stacks', stack);

    async function deployerOf(stack: string): Promise<Record<string, string>> {
      if (stack === 'prod') {
        return { ...(await administratorOf(aws.url, PROD)), ...states.environment() };
      }
      return { ...adminEnvironment(aws.url), ...states.environment() };
    }

    /** Synthesizes the app as it is now, and initializes stacks; nothing but the host of the state differs. */
    async function synthesized(...stacks: string[]): Promise<void> {
      const environment = { CI: 'true', ...mirrorSettings(repository().folder) };
      await run(CDKTF, ['synth'], repository().folder, environment);
      for (const stack of stacks) {
        const file = join(folderOf(stack), 'cdk.tf.json');
        if (providerMirror()) await unpinProvider(file);
        await terraformInit(folderOf(stack), {
          backend: true,
          environment: {
            ...(await deployerOf(stack)),
            ...states.initEnvironment(readConfiguration(file)),
          },
        });
      }
    }

    const readConfiguration = (file: string) =>
      JSON.stringify(JSON.parse(readFileSync(file, 'utf8')), null, 1);

    const inStack = async (stack: string, ...args: string[]) =>
      run('terraform', args, folderOf(stack), await deployerOf(stack));

    const planOf = (stack: string) => inStack(stack, 'plan', '-input=false');

    test('the account gets a name: with the state where update says, the plan is empty', async () => {
      const pulled = await inStack('gitlab-oidc', 'state', 'pull');
      const add = ['add', 'account', `dev=${ID}`, '--yes'];
      const { stdout, exitCode } = await runProgram(add, repository().folder);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(
        `dev: its stack of the app is dev, with the same addresses; if you deploy the app, first ${REPORTED[kind]}\n`,
      );
      if (kind === 'local') {
        const [from, to] = ['gitlab-oidc', 'dev'].map((stack) =>
          join(repository().folder, `terraform.${stack}.tfstate`),
        );
        renameSync(from ?? '', to ?? '');
      }
      if (kind === 's3') await inAws(...REPORTED.s3.replace(/^.*: aws /, '').split(' '));
      await synthesized('dev');
      if (kind === 'gitlab') {
        const file = join(repository().folder, 'app.tfstate');
        writeFileSync(file, pulled);
        await inStack('dev', 'state', 'push', file);
      }
      expect(await planOf('dev')).toContain(NO_CHANGES);
    });

    test('a second account is deployed with a state of its own, and then both plans are empty', async () => {
      const add = ['add', 'account', `prod=${PROD}`, '--yes'];
      expect(await runProgram(add, repository().folder)).toMatchObject({ exitCode: 0 });
      await synthesized('dev', 'prod');
      expect(await planOf('dev')).toContain(NO_CHANGES);
      await inStack('prod', 'apply', '-auto-approve', '-input=false');
      for (const stack of ['dev', 'prod']) expect(await planOf(stack)).toContain(NO_CHANGES);
      expect(await rolesInAws()).toBe(roleIds);
    });
  });
});
