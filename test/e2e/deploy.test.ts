import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdktfApp } from '../support/cdktf-app.ts';
import { providerOf, rolesOf } from '../support/blueprint-state.ts';
import { createProvider } from '../support/deployed-golden.ts';
import { Deployment } from '../support/deployment.ts';
import { blueprintOfGolden, goldenFolder, GOLDENS } from '../support/goldens.ts';
import { IamState } from '../support/iam-state.ts';
import { moto, MotoServer } from '../support/moto-server.ts';
import { commandTool, describeWith } from '../support/required-tools.ts';

const tools = [
  moto,
  commandTool('terraform', 'https://developer.hashicorp.com/terraform/install'),
  commandTool('aws', 'pip install awscli'),
];

/** moto's account. */
const ACCOUNT = '123456789012';
const WITH_CDKTF = ['quickstart', 'many-projects'];

/** A golden without what a build in its place may have left. */
function copyOf(golden: string, folder: string): void {
  cpSync(goldenFolder(golden), folder, {
    recursive: true,
    filter: (path) => !/cdktf\.out|\.terraform/.test(path),
  });
}

describeWith(tools, 'deployed to a stand-in for AWS and read back with the AWS CLI', () => {
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

  describe.each(GOLDENS)('%s', (golden) => {
    const blueprint = blueprintOfGolden(golden);
    const existing = blueprint.provider.mode === 'existing';
    const state = () => new IamState(aws.url, blueprint.aws.region);
    const proveDeployed = async () => {
      expect(await state().roles()).toEqual(rolesOf(blueprint, ACCOUNT));
      expect(await state().providers()).toEqual([providerOf(blueprint)]);
    };
    const proveGone = async () => {
      expect(await state().roles()).toEqual([]);
      expect(await state().providers()).toEqual(existing ? [providerOf(blueprint)] : []);
    };

    beforeAll(async () => {
      await aws.reset();
      if (!existing) return;
      const { issuer } = blueprint;
      await createProvider(aws.url, blueprint.aws.region, issuer.url, issuer.audience);
    });

    test('by terraform apply: IAM has what the answers say; a second plan has no changes; destroy leaves nothing', async () => {
      const folder = join(scratch, golden);
      copyOf(golden, folder);
      const deployment = new Deployment(folder, aws);
      await deployment.init();
      await deployment.apply();
      await proveDeployed();
      expect(await deployment.plan()).toEqual([]);
      await deployment.destroy();
      await proveGone();
    });

    if (!WITH_CDKTF.includes(golden)) return;
    test('by cdktf deploy: the same', async () => {
      const folder = join(scratch, `${golden}-cdktf`);
      copyOf(golden, folder);
      const app = new CdktfApp(folder, aws);
      await app.deploy();
      await proveDeployed();
      await app.destroy();
      await proveGone();
    });
  });
});
