import { afterAll, beforeAll, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdktfApp } from '../../support/tools/cdktf-app.ts';
import { moto, MotoServer } from '../../support/stand-ins/moto-server.ts';
import { awsCli, describeWith, terraform } from '../../support/tools/required-tools.ts';
import { Account, copyOf } from './account.ts';

const tools = [moto, terraform, awsCli];

describeWith(
  tools,
  'deployed to a stand-in for AWS by cdktf deploy, and read back with the AWS CLI',
  () => {
    let scratch: string;
    let aws: MotoServer;

    beforeAll(async () => {
      scratch = mkdtempSync(join(tmpdir(), 'deploy-'));
      aws = await MotoServer.start();
    });

    afterAll(async () => {
      await aws.stop();
      rmSync(scratch, { recursive: true });
    });

    test.each(['quickstart', 'many-projects'])(
      '%s is what its answers say, as by HCL',
      async (golden) => {
        const account = new Account(golden, aws);
        await account.prepare();
        const app = new CdktfApp(copyOf(golden, join(scratch, golden)), aws);
        await app.deploy();
        await account.expectDeployed();
      },
    );
  },
);
