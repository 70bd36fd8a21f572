import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deployment } from '../../support/tools/deployment.ts';
import { GOLDENS_OF_ONE_ACCOUNT } from '../../support/builders/goldens.ts';
import { moto, MotoServer } from '../../support/stand-ins/moto-server.ts';
import { awsCli, describeWith, terraform } from '../../support/tools/required-tools.ts';
import { Account, copyOf } from './account.ts';

const tools = [moto, terraform, awsCli];

describeWith(
  tools,
  'deployed to a stand-in for AWS by terraform apply, and read back with the AWS CLI',
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

    test.each(GOLDENS_OF_ONE_ACCOUNT)(
      '%s is what its answers say; a second plan has no changes; destroy leaves nothing',
      async (golden) => {
        const account = new Account(golden, aws);
        await account.prepare();
        const deployment = new Deployment(copyOf(golden, join(scratch, golden)), aws);
        await deployment.init();
        await deployment.apply();
        await account.expectDeployed();
        expect(await deployment.plan()).toEqual([]);
        await deployment.destroy();
        await account.expectEmpty();
      },
    );
  },
);
