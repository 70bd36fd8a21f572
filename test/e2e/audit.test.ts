import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AuditReport } from '../../src/audit/report.ts';
import { roleArn } from '../audit/estate/dump.ts';
import { ACCOUNTS, writeDumps } from '../audit/estate/estate.ts';
import {
  createInMoto,
  credentialsOf,
  known,
  type KnownCredentials,
  NOBODY,
  REGION,
} from '../audit/estate/in-moto.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { run } from '../support/tools/program.ts';
import { awsCli, describeWith } from '../support/tools/required-tools.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

describeWith([moto, awsCli], 'an estate in AWS accounts', () => {
  const scratch = scratchFolders();
  let server: MotoServer;

  beforeAll(async () => {
    server = await MotoServer.start();
    for (const account of ACCOUNTS) await createInMoto(server.url, account);
  }, 300_000);

  afterAll(async () => {
    await server.stop();
  });

  /** Dumps as docs/audit.md makes them, with the AWS CLI. */
  async function dump(folder: string, account: string): Promise<void> {
    const { accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(server.url, account);
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      AWS_ENDPOINT_URL: server.url,
      AWS_DEFAULT_REGION: REGION,
    };
    const iam = async (...args: string[]) => {
      const all = ['iam', ...args, '--output', 'json'];
      const { stdout } = await promisify(execFile)(awsCli.name, all, { env, maxBuffer: 1e8 });
      return stdout;
    };
    const own = join(folder, account);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'details.json'), await iam('get-account-authorization-details'));
    const list = await iam('list-open-id-connect-providers');
    writeFileSync(join(own, 'providers.json'), list);
    const arns = (
      JSON.parse(list) as { OpenIDConnectProviderList: { Arn: string }[] }
    ).OpenIDConnectProviderList.map(({ Arn }) => Arn);
    for (const [at, arn] of arns.entries())
      writeFileSync(
        join(own, `provider-${at}.json`),
        await iam('get-open-id-connect-provider', '--open-id-connect-provider-arn', arn),
      );
  }

  /** Findings without the last use, which moto does not keep. */
  async function findings(folder: string): Promise<string[]> {
    const { stdout } = await run(['audit', folder, '--json'], folder);
    return (JSON.parse(stdout) as AuditReport).findings
      .filter(({ id }) => id !== 'AUD006')
      .map(({ on, id, message }) => `${on} ${id} ${message}`)
      .sort();
  }

  test('its dumps by the AWS CLI and the dumps of the test estate give the same findings', async () => {
    const real = scratch();
    for (const { id } of ACCOUNTS) await dump(real, id);
    const made = scratch();
    writeDumps(made);
    expect(await findings(real)).toEqual(await findings(made));
  }, 300_000);

  test('a chain over three accounts is one that real credentials go along', async () => {
    const sts = (credentials: KnownCredentials) =>
      new STSClient({ endpoint: server.url, region: REGION, credentials });
    const first = await sts(NOBODY).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: roleArn('111111111111', 'hop-cross'),
        RoleSessionName: 'gitlab-15-1',
        WebIdentityToken: 'a-token',
      }),
    );
    let credentials = known(first.Credentials);
    for (const role of [
      roleArn('222222222222', 'bridge'),
      roleArn('333333333333', 'organization-admin'),
    ]) {
      const next = new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'gitlab-15-1' });
      credentials = known((await sts(credentials).send(next)).Credentials);
    }
    const { Arn } = await sts(credentials).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe('arn:aws:sts::333333333333:assumed-role/organization-admin/gitlab-15-1');
  }, 60_000);
});
