import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { AuditReport } from '../../src/audit/report.ts';
import { ACCOUNTS, writeDumps } from '../audit/estate/estate.ts';
import { createInMoto, credentialsOf } from '../audit/estate/in-moto.ts';
import { estateInAws } from '../audit/estate/live.ts';
import { AwsAccounts, failure } from '../support/stand-ins/aws-accounts.ts';
import { askMoto, moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { type Interruption, run } from '../support/tools/program.ts';
import { describeWith } from '../support/tools/required-tools.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const FIRST = '111111111111';
const SECOND = '222222222222';
const THIRD = '333333333333';
const DETAILS = 'iam:GetAccountAuthorizationDetails';

describeWith([moto], 'an audit of three accounts that are asked live', () => {
  const scratch = scratchFolders();
  let server: MotoServer;
  /** Stands before moto: it counts requests, and answers for Organizations, where moto chooses the numbers of accounts. */
  let aws: AwsAccounts;
  let secrets: string[];
  let environment: Record<string, string>;
  let cwd: string;

  beforeAll(async () => {
    server = await MotoServer.start();
    for (const account of ACCOUNTS) await createInMoto(server.url, account);
    const own = await credentialsOf(server.url, FIRST);
    const organization = estateInAws(ACCOUNTS, { management: FIRST });
    aws = await AwsAccounts.start(FIRST, (call) =>
      call.action.startsWith('organizations:') ? organization(call) : askMoto(server.url, call),
    );
    aws.knows(own.accessKeyId, FIRST);
    const { accessKeyId, secretAccessKey, sessionToken = '' } = own;
    secrets = [secretAccessKey, sessionToken];
    environment = {
      ...aws.environment(),
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
  }, 300_000);

  afterAll(async () => {
    await aws.stop();
    await server.stop();
  });

  beforeEach(() => {
    cwd = scratch();
    aws.fault = () => undefined;
    aws.calls.splice(0);
  });

  const audit = (args: readonly string[], interruption?: Interruption) =>
    run(['audit', ...args], cwd, interruption, {
      ...environment,
      XDG_CACHE_HOME: join(cwd, 'cache'),
    });

  /** What a report says without places, and without the last use, which moto does not keep. */
  function content(text: string) {
    const { findings, chains, grants, roles } = JSON.parse(text) as AuditReport;
    return {
      findings: findings
        .filter(({ id }) => id !== 'AUD006')
        .map(({ on, id, message }) => `${on} ${id} ${message}`)
        .sort(),
      chains: chains.map((one) => one.text).sort(),
      grants: grants.map(({ source, role, text: of }) => `${source} ${role} ${of}`).sort(),
      roles: roles.map(({ id, risk, powers }) => JSON.stringify([id, risk, powers])).sort(),
    };
  }

  function keptIn(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .sort();
  }

  test('gives what their dumps give', async () => {
    writeDumps(join(cwd, 'dumps'));
    const live = await audit(['--organization', 'Reader', '--json']);
    const dumps = await audit(['dumps', '--json']);
    expect(content(live.stdout)).toEqual(content(dumps.stdout));
    expect(content(live.stdout).findings.length).toBeGreaterThan(30);
    expect(live.exitCode).toBe(1);
    expect(live.stderr).toMatch(/^Accounts that are read are kept for 12 hours in .*audit-\w+, /);
    // Without a terminal there is no progress.
    for (const sign of ['\u001b', '\r', '█', '░']) expect(live.stderr).not.toContain(sign);
    const kept = keptIn(join(cwd, 'cache'));
    expect(kept).toHaveLength(3);
    for (const file of kept) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      for (const secret of secrets) expect(readFileSync(file, 'utf8')).not.toContain(secret);
    }
  }, 60_000);

  test('reports a denied and a throttled account, and audits the other', async () => {
    aws.fault = ({ action, account, input }) => {
      if (action === 'sts:AssumeRole' && input['RoleArn']?.includes(SECOND))
        return failure(403, 'AccessDenied', 'User is not authorized to perform: sts:AssumeRole');
      return action === DETAILS && account === THIRD ? failure(400, 'Throttling') : undefined;
    };
    const { stdout, exitCode } = await audit(['--organization', 'Reader']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`AWS account ${SECOND}: not read`);
    expect(stdout).toContain('AWS denied it: AccessDenied: User is not authorized');
    expect(stdout).toContain(`AWS account ${THIRD}: not read`);
    expect(stdout).toContain('AWS answers too many requests: Throttling');
    expect(stdout).toMatch(/ in 17 roles that trust a GitLab, of 71 roles in 1 account$/m);
    // AWS_MAX_ATTEMPTS is 2 here.
    const throttled = aws.calls.filter((one) => one.action === DETAILS && one.account === THIRD);
    expect(throttled).toHaveLength(2);
  }, 60_000);

  test('that is killed in the middle goes on where it was, and asks for nothing twice', async () => {
    aws.fault = async ({ action, account }) => {
      if (action !== DETAILS || account !== THIRD) return undefined;
      const cache = join(cwd, 'cache');
      while (!existsSync(cache) || keptIn(cache).filter((one) => one.endsWith('.json')).length < 2)
        await sleep(20);
      writeFileSync(join(cwd, 'two-accounts-are-kept'), '');
      return 'hang';
    };
    const kill = { signal: 'SIGKILL', after: 0, onceThereIs: 'two-accounts-are-kept' } as const;
    const killed = await audit(['--organization', 'Reader', '--json'], kill);
    expect(killed.exitCode).toBe(137);
    expect(killed.stdout).toBe('');

    aws.fault = () => undefined;
    aws.calls.splice(0);
    const { stdout, stderr } = await audit(['--organization', 'Reader', '--json']);
    const count = (action: string) => aws.calls.filter((one) => one.action === action).length;
    expect(count(DETAILS)).toBe(1);
    expect(count('sts:AssumeRole')).toBe(1);
    expect(aws.calls.filter((one) => one.account === SECOND)).toEqual([]);
    const { visits, totals } = JSON.parse(stdout) as AuditReport;
    expect(visits.map(({ account, status }) => `${account} ${status}`)).toEqual([
      `${FIRST} kept`,
      `${SECOND} kept`,
      `${THIRD} read`,
    ]);
    expect(totals.roles).toBe(200);
    expect(stderr).toMatch(/2 accounts are as an earlier run read them, the first at \d{4}-/);

    aws.calls.splice(0);
    await audit(['--organization', 'Reader', '--json', '--fresh']);
    expect(count(DETAILS)).toBe(3);
  }, 90_000);

  test('interrupted by a person, it says that it goes on', async () => {
    aws.fault = ({ action, account }) => {
      if (action !== DETAILS || account !== THIRD) return undefined;
      writeFileSync(join(cwd, 'asked'), '');
      return 'hang';
    };
    const interruption = { signal: 'SIGINT', after: 200, onceThereIs: 'asked' } as const;
    const { exitCode, stderr } = await audit(['--organization', 'Reader'], interruption);
    expect(exitCode).toBe(130);
    expect(stderr).toContain('accounts that were read are not read again');
  }, 60_000);
});
