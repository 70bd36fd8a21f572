import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimsOf, type Pipeline } from '../support/builders/id-token-claims.ts';
import { goldenFolder } from '../support/builders/goldens.ts';
import { assumeRole } from '../support/stand-ins/assume-role.ts';
import { Issuer } from '../support/stand-ins/issuer.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { StsGate } from '../support/stand-ins/sts-gate.ts';
import { administratorOf as administratorOfAccount } from '../support/tools/administrator.ts';
import { LOCAL_STATE } from '../support/tools/deployment.ts';
import { awsCli, describeWith, terraform } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import { terraformInit } from '../support/tools/terraform.ts';

const ACCOUNTS = { dev: '111111111111', stage: '222222222222', prod: '333333333333' } as const;
type Account = keyof typeof ACCOUNTS;

const DENIED = 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity';

const SHOP = { path: 'mygroup/shop', id: 20 };
const MAIN = { project: SHOP, branch: 'main', isProtected: true };
const RELEASE = { project: SHOP, tag: 'v1.0.0', isProtected: true };
const FEATURE = { project: SHOP, branch: 'feature' };
const EXPERIMENT = { project: { path: 'mygroup/experiments', id: 21 }, branch: 'main' };

describeWith([moto, terraform, awsCli], 'a repository of three accounts', () => {
  let scratch: string;
  let server: MotoServer;
  let issuer: Issuer;
  let gate: StsGate;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'three-accounts-'));
    cpSync(join(goldenFolder('three-accounts'), 'terraform'), scratch, { recursive: true });
    server = await MotoServer.start();
    issuer = await Issuer.start('https://gitlab.com');
    gate = await StsGate.start(server.url, [issuer]);
    const provider = ['--url', 'https://gitlab.com', '--client-id-list', 'https://gitlab.com'];
    const create = ['iam', 'create-open-id-connect-provider', ...provider];
    // The stage account has its provider already.
    await run('aws', [...create, 'sts.amazonaws.com'], scratch, await administratorOf('stage'));
    for (const account of ['dev', 'stage', 'prod'] as const) {
      const folder = rootOf(account);
      writeFileSync(join(folder, 'backend_override.tf'), LOCAL_STATE);
      await terraformInit(folder, { backend: true });
      await applied(account, account);
    }
  });

  afterAll(async () => {
    await gate.stop();
    await issuer.stop();
    await server.stop();
    rmSync(scratch, { recursive: true });
  });

  const rootOf = (account: Account) => join(scratch, 'accounts', account);

  const administratorOf = (account: Account) =>
    administratorOfAccount(server.url, ACCOUNTS[account]);

  /** Applies the root of one account with the credentials of another, or of the same one. */
  async function applied(account: Account, credentials: Account): Promise<string> {
    const args = ['apply', '-auto-approve', '-input=false', '-no-color'];
    return run('terraform', args, rootOf(account), await administratorOf(credentials));
  }

  async function signIn(account: Account, role: string, pipeline: Pipeline, audience: string) {
    const token = await issuer.token(claimsOf(pipeline), { audience });
    return assumeRole(gate.url, { role: `arn:aws:iam::${ACCOUNTS[account]}:role/${role}`, token });
  }

  test('a second apply of each account changes nothing', async () => {
    for (const account of ['dev', 'stage', 'prod'] as const) {
      expect(await applied(account, account)).toContain('No changes.');
    }
  });

  test('the credentials of another account apply nothing', async () => {
    await expect(applied('prod', 'dev')).rejects.toThrow(/AWS account ID not allowed/);
  });

  test.each<[Account, string, string, Pipeline, boolean]>([
    ['dev', 'shop-deploy', 'main', MAIN, true],
    ['stage', 'shop-deploy', 'main', MAIN, true],
    ['prod', 'shop-deploy', 'main', MAIN, false],
    ['prod', 'shop-deploy', 'a release', RELEASE, true],
    ['dev', 'shop-deploy', 'a release', RELEASE, false],
    ['stage', 'shop-deploy', 'a feature branch', FEATURE, false],
    ['dev', 'shop-read', 'a feature branch', FEATURE, true],
    ['stage', 'shop-read', 'a feature branch', FEATURE, true],
    ['prod', 'shop-read', 'a feature branch', FEATURE, true],
    ['dev', 'sandbox', 'another project', EXPERIMENT, true],
    ['prod', 'shop-read', 'another project', EXPERIMENT, false],
  ])('%s: %s by a job of %s', async (account, role, _, pipeline, isAllowed) => {
    for (const audience of ['https://gitlab.com', 'sts.amazonaws.com']) {
      const session = await signIn(account, role, pipeline, audience);
      const expected = `arn:aws:sts::${ACCOUNTS[account]}:assumed-role/${role}/`;
      expect(session.startsWith(isAllowed ? expected : DENIED)).toBe(true);
    }
  });

  test('a role that an account does not have cannot be assumed there', async () => {
    expect(await signIn('prod', 'sandbox', EXPERIMENT, 'https://gitlab.com')).toBe(DENIED);
  });
});
