import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { adminEnvironment } from '../support/tools/administrator.ts';
import { run as runProgram } from '../support/tools/program.ts';
import { describeWith, terraform } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import { terraformInit } from '../support/tools/terraform.ts';

/** The account that moto gives to everybody. */
const ID = '123456789012';
const NO_CHANGES = 'No changes. Your infrastructure matches the configuration.';

describeWith([terraform, moto], 'a deployed repository of one account', () => {
  let scratch: string;
  let aws: MotoServer;
  let repository: GeneratedRepository;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'to-several-'));
    aws = await MotoServer.start();
    repository = GeneratedRepository.of('quickstart', join(scratch, 'repository'));
    repository.edit(
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
output: cdktf`,
    );
    repository.edit('gitlab-aws-oidc.yaml', 'aws:\n', `aws:\n  account_id: "${ID}"\n`);
    await repository.update();
    await init('');
    await inFolder('', 'apply', '-auto-approve', '-input=false');
  });

  afterAll(async () => {
    await aws.stop();
    rmSync(scratch, { recursive: true });
  });

  const folderOf = (account: string) =>
    join(repository.folder, 'terraform', account === '' ? '' : `accounts/${account}`);

  async function init(account: string): Promise<void> {
    const provider = await aws.provider();
    await terraformInit(folderOf(account), {
      backend: true,
      environment: provider?.environment ?? {},
    });
  }

  async function inFolder(account: string, ...args: string[]): Promise<string> {
    const provider = await aws.provider();
    const environment = { ...adminEnvironment(aws.url), ...provider?.environment };
    return run('terraform', [...args, '-no-color'], folderOf(account), environment);
  }

  const add = (account: string) =>
    runProgram(['add', 'account', account, '--yes'], repository.folder);

  test('is refused a second account before the first has its name', async () => {
    const { exitCode, stderr } = await add('prod');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`The account of these answers, ${ID}, has no name yet.`);
    expect(stderr).toContain(`Give it one first: add account NAME=${ID}`);
  });

  test('gets a name: with the state where update says, the plan is empty', async () => {
    const { stdout, exitCode } = await add(`dev=${ID}`);
    expect(exitCode).toBe(0);
    const from = 'terraform/terraform.tfstate';
    const to = 'terraform/accounts/dev/terraform.tfstate';
    expect(stdout).toContain(
      `dev: its HCL is in terraform/accounts/dev; before you apply, move ${from} to ${to}`,
    );
    expect(existsSync(join(folderOf(''), 'roles.tf'))).toBe(false);
    renameSync(join(repository.folder, from), join(repository.folder, to));
    await init('dev');
    expect(await inFolder('dev', 'plan', '-input=false')).toContain(NO_CHANGES);
  });

  test('gets a second and a third: with the blocks that update prints, nothing changes', async () => {
    repository.edit(
      'gitlab-aws-oidc.yaml',
      '  - name: only-here\n',
      '  - name: only-here\n    accounts: [dev, stage]\n',
    );
    repository.edit(
      'gitlab-aws-oidc.yaml',
      'accounts:\n',
      'accounts:\n  - name: prod\n    id: "333333333333"\n  - name: stage\n    id: "222222222222"\n',
    );
    const { stdout, stderr, exitCode } = await repository.update();
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
    expect(await repository.update('--check')).toMatchObject({ exitCode: 0 });
    await init('dev');
    const plan = await inFolder('dev', 'plan', '-input=false');
    expect(plan).toContain('aws_iam_role.gitlab_deploy has moved to module.gitlab_oidc');
    expect(plan).toContain('Plan: 0 to add, 0 to change, 0 to destroy.');
    await inFolder('dev', 'apply', '-auto-approve', '-input=false');
    rmSync(file);
    expect(await inFolder('dev', 'plan', '-input=false')).toContain(NO_CHANGES);
  });
});
