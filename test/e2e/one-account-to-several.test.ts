import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import type { StateUser } from '../support/stand-ins/gitlab-state.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { adminEnvironment, administratorOf } from '../support/tools/administrator.ts';
import { run as runProgram } from '../support/tools/program.ts';
import { awsCli, describeWith, terraform } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import {
  BUCKET,
  DEVELOPER,
  MAINTAINER,
  STATE_ANSWERS,
  STATE_KINDS,
  States,
} from '../support/tools/states.ts';
import { terraformInit } from '../support/tools/terraform.ts';

/** The account that moto gives to everybody. */
const ID = '123456789012';
const OTHERS = { prod: '333333333333', stage: '222222222222' } as const;
const NO_CHANGES = 'No changes. Your infrastructure matches the configuration.';

/** What `update` says of the state when the account gets its name. */
const REPORTED = {
  local:
    'before you apply, move terraform/terraform.tfstate to terraform/accounts/dev/terraform.tfstate',
  s3: `its state remains at s3://${BUCKET}/oidc/terraform.tfstate`,
  gitlab:
    'its state remains at https://gitlab.com/api/v4/projects/mygroup%2Foidc/terraform/state/oidc',
} as const;

describeWith([terraform, moto, awsCli], 'a deployed repository of one account', () => {
  let scratch: string;

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'to-several-'));
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
      states = await States.start(kind, aws, Object.values(OTHERS));
      const made = GeneratedRepository.of('quickstart', repository().folder);
      made.edit(
        'gitlab-aws-oidc.yaml',
        'output: cdktf',
        `  - name: only-here
    projects:
      - path: mygroup/other
        id: 21
    refs:
      branches:
        - main
    permissions:
      managed_policies:
        - ReadOnlyAccess
output: hcl`,
      );
      made.edit('gitlab-aws-oidc.yaml', 'aws:\n', `aws:\n  account_id: "${ID}"\n`);
      made.edit('gitlab-aws-oidc.yaml', 'aws:\n', '  repository: mygroup/oidc\naws:\n');
      made.edit('gitlab-aws-oidc.yaml', STATE_ANSWERS.local, STATE_ANSWERS[kind]);
      await made.update();
      await init('');
      await inFolder('', 'apply', '-auto-approve', '-input=false');
      roleIds = await rolesInAws();
    });

    afterAll(async () => {
      await states.stop();
      await aws.stop();
    });

    const folderOf = (account: string) =>
      join(repository().folder, 'terraform', account === '' ? '' : `accounts/${account}`);

    /** Who deploys an account. */
    async function deployerOf(account: string): Promise<Record<string, string>> {
      if (account === 'prod') return administratorOf(aws.url, OTHERS.prod);
      return adminEnvironment(aws.url);
    }

    async function init(account: string): Promise<void> {
      const configuration = readFileSync(join(folderOf(account), 'versions.tf'), 'utf8');
      await terraformInit(folderOf(account), {
        backend: true,
        environment: {
          ...(await deployerOf(account)),
          ...states.environment(),
          ...states.initEnvironment(configuration),
        },
      });
    }

    async function inFolder(account: string, ...args: string[]): Promise<string> {
      return withUser(MAINTAINER, account, ...args);
    }

    async function withUser(user: StateUser, account: string, ...args: string[]): Promise<string> {
      const environment = { ...(await deployerOf(account)), ...states.environment(user) };
      return run('terraform', [...args, '-no-color'], folderOf(account), environment);
    }

    const planOf = (account: string) => inFolder(account, 'plan', '-input=false');

    const inAws = (...args: string[]) => run('aws', args, scratch, adminEnvironment(aws.url));

    /** The IDs that AWS gives to roles when it makes them. */
    const rolesInAws = () => inAws('iam', 'list-roles', '--query', 'Roles[].[RoleName,RoleId]');

    const add = (account: string) =>
      runProgram(['add', 'account', account, '--yes'], repository().folder);

    test('it is refused a second account before the first has its name', async () => {
      const { exitCode, stderr } = await add('prod');
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`The account of these answers, ${ID}, has no name yet.`);
      expect(stderr).toContain(`Give it one first: add account NAME=${ID}`);
    });

    test('it gets a name: with the state where update says, the plan is empty', async () => {
      const { stdout, exitCode } = await add(`dev=${ID}`);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`dev: its HCL is in terraform/accounts/dev; ${REPORTED[kind]}`);
      expect(existsSync(join(folderOf(''), 'roles.tf'))).toBe(false);
      if (kind === 'local') {
        renameSync(
          join(folderOf(''), 'terraform.tfstate'),
          join(folderOf('dev'), 'terraform.tfstate'),
        );
      }
      await init('dev');
      expect(await planOf('dev')).toContain(NO_CHANGES);
    });

    test('it gets a second and a third: with the blocks that update prints, nothing changes', async () => {
      repository().edit(
        'gitlab-aws-oidc.yaml',
        '  - name: only-here\n',
        '  - name: only-here\n    accounts: [dev, stage]\n',
      );
      repository().edit(
        'gitlab-aws-oidc.yaml',
        'accounts:\n',
        `accounts:\n  - name: prod\n    id: "${OTHERS.prod}"\n  - name: stage\n    id: "${OTHERS.stage}"\n`,
      );
      const { stdout, stderr, exitCode } = await repository().update();
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const blocks = stdout.slice(
        stdout.indexOf('# terraform/accounts/dev'),
        stdout.indexOf('\nFiles'),
      );
      expect(blocks).toContain(
        'from = aws_iam_role.gitlab_deploy\n  to   = module.gitlab_oidc.aws_iam_role.gitlab_deploy\n',
      );
      const file = join(folderOf('dev'), 'moved.tf');
      writeFileSync(file, blocks);
      expect(await repository().update('--check')).toMatchObject({ exitCode: 0 });
      await init('dev');
      const plan = await planOf('dev');
      expect(plan).toContain('aws_iam_role.gitlab_deploy has moved to module.gitlab_oidc');
      expect(plan).toContain('Plan: 0 to add, 0 to change, 0 to destroy.');
      await inFolder('dev', 'apply', '-auto-approve', '-input=false');
      rmSync(file);
      expect(await planOf('dev')).toContain(NO_CHANGES);
      expect(await rolesInAws()).toBe(roleIds);
    });

    test('the second is deployed with a state of its own, and then both plans are empty', async () => {
      await init('prod');
      await inFolder('prod', 'apply', '-auto-approve', '-input=false');
      for (const account of ['dev', 'prod']) expect(await planOf(account)).toContain(NO_CHANGES);
      if (kind === 's3') {
        expect(await states.keys()).toEqual([
          'oidc/prod/terraform.tfstate',
          'oidc/terraform.tfstate',
        ]);
      }
      if (kind === 'gitlab') expect(states.gitlab.names).toEqual(['oidc', 'oidc-prod']);
    });

    if (kind === 'gitlab') {
      test('a Developer plans without the lock, as the pipeline does, and cannot take it', async () => {
        const plan = ['plan', '-input=false'];
        expect(await withUser(DEVELOPER, 'dev', ...plan, '-lock=false')).toContain(NO_CHANGES);
        await expect(withUser(DEVELOPER, 'dev', ...plan)).rejects.toThrow(
          /Error acquiring the state lock\s+Error message: HTTP remote state endpoint invalid auth/,
        );
      });
    }
  });
});
