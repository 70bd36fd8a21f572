import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { audit } from '../../../src/audit/audit.ts';
import { readEstate } from '../../../src/audit/estate/read-estate.ts';
import type { LiveReading } from '../../../src/audit/live/read-live.ts';
import { reportOf } from '../../../src/audit/report-of.ts';
import type { AuditReport } from '../../../src/audit/report.ts';
import { NO_SETTINGS } from '../../../src/lint/gate/settings.ts';
import { ProblemError } from '../../../src/text/problem.ts';
import {
  type AwsAnswer,
  type AwsCall,
  AwsAccounts,
  failure,
  jsonFailure,
  OWN,
  SECRET,
  SESSION_TOKEN,
} from '../../support/stand-ins/aws-accounts.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';
import { TODAY } from '../estate/dump.ts';
import { ACCOUNTS, writeDumps } from '../estate/estate.ts';
import { estateInAws } from '../estate/live.ts';
import { ask, statuses } from './asking.ts';

const FIRST = '111111111111';
const SECOND = '222222222222';
const THIRD = '333333333333';
const CLOSED = '444444444444';
const ROLE = { organization: 'audit/Reader' };

const scratch = scratchFolders();
let aws: AwsAccounts;
let cache: string;

beforeEach(async () => {
  cache = scratch();
  aws = await AwsAccounts.start(
    FIRST,
    estateInAws(ACCOUNTS, { management: FIRST, suspended: [CLOSED] }),
  );
});

afterEach(async () => {
  await aws.stop();
});

async function reportFor(inputs: readonly string[], live?: LiveReading): Promise<AuditReport> {
  const estate = await readEstate(inputs, [], live);
  const gate = { settings: NO_SETTINGS, baseline: undefined, today: TODAY };
  return reportOf(audit(estate, gate, { today: TODAY, unusedDays: 90 }), true);
}

/** A report without where things were read, and in which order; only an organization knows the names of accounts. */
function content({ roles, grants, chains, findings, providers, accounts, sources }: AuditReport) {
  const sorted = (list: readonly object[]) =>
    list.map((one) => JSON.stringify({ ...one, place: undefined })).sort();
  const unnamed = accounts.map((one) => ({ ...one, name: undefined }));
  return [roles, grants, chains, findings, providers, unnamed, sources].map(sorted);
}

describe('an estate that AWS is asked for', () => {
  test('gives the same report as its dumps', async () => {
    const dumps = scratch();
    writeDumps(dumps);
    const live = await ask(aws, cache, ROLE);
    expect(statuses(live)).toEqual({
      [FIRST]: 'read',
      [SECOND]: 'read',
      [THIRD]: 'read',
      [CLOSED]: 'skipped',
    });
    const [fromAws, fromDumps] = [await reportFor([], live), await reportFor([dumps])];
    expect(content(fromAws)).toEqual(content(fromDumps));
    expect(fromAws.accounts.map(({ name }) => name)).toEqual([
      'account 1',
      'account 2',
      'account 3',
    ]);
    expect(fromAws.undetermined.map(({ text }) => text)).toEqual([
      `1 account is suspended and skipped: ${CLOSED} (account 4)`,
    ]);
  });

  test('is one account without an organization', async () => {
    const live = await ask(aws, cache);
    expect(statuses(live)).toEqual({ [FIRST]: 'read' });
    expect(readdirSync(cache)).toEqual([]);
    const report = await reportFor([], live);
    expect(report.totals).toMatchObject({ accounts: 1, roles: 71 });
    expect(report.visits).toEqual([
      { account: FIRST, status: 'read', read: expect.stringMatching(/^\d{4}-.*Z$/) },
    ]);
  });
});

describe('what AWS is asked for', () => {
  test('is what the policies of the page allow, and all of it', async () => {
    await ask(aws, cache, ROLE);
    const made = (of: readonly { action: string }[]) => [...new Set(of.map((one) => one.action))];
    const page = readFileSync('docs/audit.md', 'utf8');
    const policies = [...page.matchAll(/```json\n([^`]*"Statement"[^`]*)```/g)].map(
      ([, json = '']) =>
        (JSON.parse(json) as { Statement: { Action: string | string[] }[] }).Statement.flatMap(
          ({ Action }) => Action,
        ).sort(),
    );
    const [account = [], organization = []] = policies;
    const others = aws.calls.filter((one) => one.account !== FIRST);
    expect(made(others).sort()).toEqual(account);
    // Everybody may ask who they are.
    const own = made(aws.calls).filter((one) => one !== 'sts:GetCallerIdentity');
    // In this organization nothing is attached, so no policy is described; another test here has some.
    expect([...own, 'organizations:DescribePolicy'].sort()).toEqual(
      [...account, ...organization].sort(),
    );
  });

  test('a session may do nothing but read, whatever its role may do', async () => {
    const inputs: AwsCall['input'][] = [];
    aws.fault = ({ action, input }) => {
      if (action === 'sts:AssumeRole') inputs.push(input);
      return undefined;
    };
    await ask(aws, cache, ROLE);
    expect(inputs.map((input) => input['RoleArn']).sort()).toEqual([
      `arn:aws:iam::${SECOND}:role/audit/Reader`,
      `arn:aws:iam::${THIRD}:role/audit/Reader`,
    ]);
    for (const { Policy = '', DurationSeconds } of inputs) {
      expect(DurationSeconds).toBe('900');
      expect((JSON.parse(Policy) as { Statement: object[] }).Statement).toEqual([
        {
          Effect: 'Allow',
          Action: [
            'iam:GetAccountAuthorizationDetails',
            'iam:GetOpenIDConnectProvider',
            'iam:ListOpenIDConnectProviders',
          ],
          Resource: '*',
        },
      ]);
    }
  });
});

describe('what goes wrong with one account is its own result', () => {
  const details = 'iam:GetAccountAuthorizationDetails';
  const endless = `<R><GetAccountAuthorizationDetailsResult><IsTruncated>true</IsTruncated><Marker>a</Marker></GetAccountAuthorizationDetailsResult></R>`;
  test.each<[string, string, AwsAnswer, string]>([
    ['a role that may not be assumed', 'sts:AssumeRole', failure(403, 'AccessDenied'), 'denied'],
    ['a role that may not read', details, failure(403, 'AccessDenied'), 'denied'],
    [
      'a list that may not be read',
      'iam:ListOpenIDConnectProviders',
      failure(403, 'AccessDenied'),
      'denied',
    ],
    ['throttling that does not end', details, failure(400, 'Throttling'), 'throttled'],
    ['a session that ended', details, failure(403, 'ExpiredToken'), 'credentials'],
    ['an answer that does not come', details, 'hang', 'unreachable'],
    [
      'XML that breaks off',
      details,
      { status: 200, body: '<R><GetAccountAuthorizationDetailsResult><Role' },
      'failed',
    ],
    ['no XML at all', details, { status: 502, body: '<html>Bad gateway' }, 'failed'],
    ['a list without an end', details, { status: 200, body: endless }, 'failed'],
  ])('%s', async (_, action, answer, status) => {
    aws.fault = (call) =>
      call.action === action && (call.account === SECOND || call.input['RoleArn']?.includes(SECOND))
        ? answer
        : undefined;
    const live = await ask(aws, cache, ROLE);
    expect(statuses(live)).toMatchObject({ [FIRST]: 'read', [SECOND]: status, [THIRD]: 'read' });
    const { totals, unreadable, visits } = await reportFor([], live);
    expect(totals.accounts).toBe(2);
    expect(unreadable).toHaveLength(1);
    expect(unreadable[0]?.place.file).toBe(`AWS account ${SECOND}`);
    expect(visits.find(({ account }) => account === SECOND)).toMatchObject({
      name: 'account 2',
      status,
    });
  });

  test('an account is read although AWS throttled it once', async () => {
    let refused = 0;
    aws.fault = ({ action, account }) => {
      if (action !== details || account !== SECOND || refused > 0) return undefined;
      refused += 1;
      return failure(400, 'Throttling');
    };
    expect(statuses(await ask(aws, cache, ROLE))).toMatchObject({ [SECOND]: 'read' });
    expect(refused).toBe(1);
  });

  test('where no account can be read, that is the report', async () => {
    aws.fault = ({ action }) => (action === details ? failure(403, 'AccessDenied') : undefined);
    const report = await reportFor([], await ask(aws, cache, ROLE));
    expect(report.totals.roles).toBe(0);
    expect(report.unreadable).toHaveLength(3);
  });
});

describe('own credentials', () => {
  test.each([
    ['InvalidClientTokenId', 'Sign in to AWS first'],
    ['ExpiredToken', 'Sign in to AWS first'],
  ])('that AWS rejects with %s end the run before it begins', async (code, fix) => {
    aws.fault = () => failure(403, code);
    await expect(ask(aws, cache)).rejects.toThrow(ProblemError);
    await expect(ask(aws, cache)).rejects.toThrow(fix);
  });

  test('that end in the middle end no run: what was read is kept, and the next run asks for the rest', async () => {
    let assumed = 0;
    aws.fault = ({ action, input }) => {
      if (action !== 'sts:AssumeRole' || !input['RoleArn']?.includes(THIRD)) return undefined;
      assumed += 1;
      return assumed === 1 ? failure(403, 'ExpiredToken') : undefined;
    };
    expect(statuses(await ask(aws, cache, ROLE))).toMatchObject({
      [FIRST]: 'read',
      [SECOND]: 'read',
      [THIRD]: 'credentials',
    });
    aws.calls.splice(0);
    expect(statuses(await ask(aws, cache, ROLE))).toMatchObject({
      [FIRST]: 'kept',
      [SECOND]: 'kept',
      [THIRD]: 'read',
    });
    const iam = aws.calls.filter(({ action }) => action.startsWith('iam:'));
    expect(new Set(iam.map(({ account }) => account))).toEqual(new Set([THIRD]));
  });
});

describe('SCPs', () => {
  const scp = (effect: string, actions: string[]) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: actions, Resource: '*' }],
  });
  const FULL = { FullAWSAccess: scp('Allow', ['*']) };
  /** The risk of two administrators: one in the management account, one in a member. */
  async function powers(
    policies: Record<string, Record<string, object>>,
    fault: AwsAccounts['fault'] = () => undefined,
  ) {
    await aws.stop();
    const organization = { management: FIRST, policies };
    aws = await AwsAccounts.start(FIRST, estateInAws(ACCOUNTS, organization));
    aws.fault = fault;
    const { roles } = await reportFor([], await ask(aws, cache, { ...ROLE, fresh: true }));
    const powerOf = (id: string) => roles.find((one) => one.id === id)?.power;
    return [powerOf(`${FIRST}/lambda-factory`), powerOf(`${SECOND}/branches-admin`)];
  }

  test('hold for members at each level, and never for the management account', async () => {
    expect(await powers({ 'r-root': FULL, [SECOND]: FULL })).toEqual([4, 4]);
    const nothing = { Nothing: scp('Deny', ['*']) };
    expect(await powers({ 'r-root': { ...FULL, ...nothing }, [SECOND]: FULL })).toEqual([4, 0]);
    // A level at which nothing allows an action denies it, and that is certain.
    expect(await powers({ 'r-root': FULL, [SECOND]: { S3: scp('Allow', ['s3:*']) } })).toEqual([
      4, 3,
    ]);
    expect(
      aws.calls.filter(({ action }) => action === 'organizations:DescribePolicy'),
    ).toHaveLength(2);
  });

  test('count where AWS has no RCPs', async () => {
    const nothing = { Nothing: scp('Deny', ['*']) };
    const refusals: string[] = [];
    const refuse = ({ input }: AwsCall) => {
      if (input['Filter'] !== 'RESOURCE_CONTROL_POLICY') return undefined;
      refusals.push(input['TargetId'] ?? '');
      const reason = { __type: 'InvalidInputException', Reason: 'INVALID_ENUM_POLICY_TYPE' };
      return { status: 400, body: JSON.stringify(reason) };
    };
    expect(await powers({ 'r-root': { ...FULL, ...nothing }, [SECOND]: FULL }, refuse)).toEqual([
      4, 0,
    ]);
    expect(refusals).toContain('r-root');
  });

  test('that may not be read are an open question, which the next run asks again', async () => {
    aws.fault = ({ action }) =>
      action.startsWith('organizations:') && action !== 'organizations:ListAccounts'
        ? jsonFailure('AccessDeniedException')
        : undefined;
    const { undetermined } = await reportFor([], await ask(aws, cache, ROLE));
    expect(undetermined.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /^The SCPs and RCPs of 111111111111, .* cannot be determined: AccessDenied/,
      ),
    );
    aws.fault = () => undefined;
    const again = await ask(aws, cache, ROLE);
    expect(statuses(again)).toMatchObject({ [FIRST]: 'kept', [SECOND]: 'kept' });
    const { undetermined: rest } = await reportFor([], again);
    expect(rest.map(({ text }) => text).join()).not.toContain('SCPs');
  });
});

describe('RCPs', () => {
  /** Who may assume one role of each account. */
  async function allowed(policies: Record<string, Record<string, unknown>>) {
    await aws.stop();
    const all = Object.entries(policies).map(([target, of]) => [target, of as object]);
    const organization = { management: FIRST, policies: Object.fromEntries(all) as object };
    aws = await AwsAccounts.start(FIRST, estateInAws(ACCOUNTS, organization as never));
    const report = await reportFor([], await ask(aws, cache, { ...ROLE, fresh: true }));
    const of = (id: string) => report.grants.filter(({ role }) => role === id).length;
    const role = report.roles.find(({ id }) => id === `${SECOND}/branches-admin`);
    return { first: of(`${FIRST}/lambda-factory`), second: of(role?.id ?? ''), role };
  }
  const NO_TOKENS = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sts:*', Resource: '*' }],
  };

  test('deny tokens in the accounts at or below which they are attached, and never in the management account', async () => {
    const open = await allowed({});
    expect([open.first > 0, open.second > 0]).toEqual([true, true]);
    const atRoot = await allowed({ 'r-root': { 'rcp-guard': NO_TOKENS } });
    expect([atRoot.first, atRoot.second]).toEqual([open.first, 0]);
    expect(atRoot.role?.denied?.join()).toContain('Statement[0] of RCP rcp-guard denies tokens');
    const atAccount = await allowed({ [SECOND]: { 'rcp-guard': NO_TOKENS } });
    expect(atAccount.second).toBe(0);
    const elsewhere = await allowed({ [THIRD]: { 'rcp-guard': NO_TOKENS } });
    expect(elsewhere.second).toBe(open.second);
  });

  test('that cannot be read leave open who may assume the roles', async () => {
    const { role } = await allowed({ [SECOND]: { 'rcp-guard': { Version: '2012-10-17' } } });
    expect(role?.undetermined.join()).toContain('it depends on RCP rcp-guard (it cannot be read)');
  });
});

test.each(['audit/', 'a b', 'arn:aws:iam::1:role/x', '', 'x'.repeat(65)])(
  'a role named %j is refused before anybody is asked',
  async (organization) => {
    await expect(ask(aws, cache, { organization })).rejects.toThrow('is not the name of a role');
    expect(aws.calls).toEqual([]);
  },
);

describe('no secret', () => {
  const SECRETS = [OWN.accessKeyId, OWN.secretAccessKey, SECRET, SESSION_TOKEN, `ASIA${SECOND}`];
  /** An endpoint, or something before it, that repeats the request and all secrets behind its signature. */
  const echo = ({ request, body, account }: AwsCall) =>
    [
      ...(account === FIRST ? [] : [SECRET, SESSION_TOKEN, `ASIA${account}`]),
      ...[OWN.accessKeyId, OWN.secretAccessKey, request.headers.authorization],
      ...['eyJhbGciOiJub25lIn0.e30.c2ln', body],
    ].join(' ');
  const signature = /[0-9a-f]{64}/;

  test.each([
    'sts:AssumeRole',
    'iam:GetAccountAuthorizationDetails',
    'iam:ListOpenIDConnectProviders',
    'iam:GetOpenIDConnectProvider',
    'organizations:DescribeOrganization',
    'organizations:ListPoliciesForTarget',
  ])('is in a report or in what is kept, where %s fails and repeats them', async (action) => {
    aws.fault = (call) => {
      if (call.action !== action) return undefined;
      return action.startsWith('organizations:')
        ? jsonFailure('AccessDeniedException', echo(call))
        : failure(403, 'AccessDenied', echo(call).replaceAll('&', ' '));
    };
    const live = await ask(aws, cache, ROLE);
    const report = await reportFor([], live);
    const kept = readdirSync(cache, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'));
    const text = [JSON.stringify(report), ...kept].join('\n');
    const shown = [...SECRETS, 'eyJ'].filter((secret) => text.includes(secret));
    expect(shown).toEqual([]);
    expect(signature.exec(text)?.[0]).toBeUndefined();
  });

  test('is in the message where AWS does not say who asks', async () => {
    aws.fault = (call) => failure(403, 'SignatureDoesNotMatch', echo(call).replaceAll('&', ' '));
    const message = await ask(aws, cache).catch((error: unknown) => String(error));
    expect(message).toContain('SignatureDoesNotMatch');
    expect(message).not.toContain(OWN.secretAccessKey);
    expect(message).not.toMatch(signature);
  });
});
