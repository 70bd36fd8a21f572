import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { adminEnvironment, administratorOf } from '../support/tools/administrator.ts';
import { createProvider } from '../support/tools/deployed-golden.ts';
import { LOCAL_STATE } from '../support/tools/deployment.ts';
import { describeWith, terraform } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';
import { terraformInit } from '../support/tools/terraform.ts';
import { copyOf } from './deploy/account.ts';

/** A provider that is to log is Terraform's own: see `scripts/jest-providers.mjs`. */
const OWN = { TF_LOG_PROVIDER: 'ERROR', TF_LOG_PATH: '/dev/null' };

describeWith([terraform, moto], 'the AWS provider that commands of Terraform share', () => {
  const scratch = scratchFolders();
  let aws: MotoServer;

  beforeAll(async () => {
    aws = await MotoServer.start();
    await createProvider(aws.url, 'us-gov-west-1', 'https://oidc.example.com', 'x');
  });

  afterAll(async () => {
    await aws.stop();
  });

  /** A golden whose OIDC provider exists already, initialized. */
  async function configuration(): Promise<string> {
    const folder = join(copyOf('hcl-only', scratch()), 'terraform');
    writeFileSync(join(folder, 'backend_override.tf'), LOCAL_STATE);
    await terraformInit(folder, { backend: true });
    return folder;
  }

  async function planOf(folder: string, environment: Record<string, string>): Promise<unknown> {
    await run('terraform', ['plan', '-input=false', '-out=plan'], folder, environment);
    const json = await run('terraform', ['show', '-json', 'plan'], folder, environment);
    return { ...(JSON.parse(json) as object), timestamp: '' };
  }

  test('plans what one of its own plans, by the same descriptions of resources', async () => {
    const folder = await configuration();
    const admin = adminEnvironment(aws.url);
    const shared = await planOf(folder, admin);
    expect(shared).toHaveProperty('resource_changes.0.change.actions', ['create']);
    expect(shared).toEqual(await planOf(folder, { ...admin, ...OWN }));
  });

  test('has the credentials of each command, whatever those of the command before it', async () => {
    const folder = await configuration();
    const admin = adminEnvironment(aws.url);
    const other = await administratorOf(aws.url, '222222222222');
    for (let round = 0; round < 2; round++) {
      await planOf(folder, admin);
      await expect(planOf(folder, other)).rejects.toThrow(/finding IAM OIDC Provider by url/);
    }
  });

  test('reports an error as one of its own does', async () => {
    const folder = await configuration();
    const file = join(folder, 'roles.tf');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/^( +)name += .*$/m, '$1name = "not a name"'));
    const error = async (environment: Record<string, string>) =>
      run('terraform', ['validate'], folder, environment).then(
        () => '',
        (failure: unknown) => String(failure),
      );
    const shared = await error({});
    expect(shared).toContain('invalid value for name');
    expect(shared).toBe(await error(OWN));
  });
});
