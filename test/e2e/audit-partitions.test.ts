import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { AuditReport } from '../../src/audit/report.ts';
import type { AccountSpec } from '../audit/estate/dump.ts';
import { createInMoto, credentialsOf } from '../audit/estate/in-moto.ts';
import { AwsAccounts } from '../support/stand-ins/aws-accounts.ts';
import { certificate, openssl } from '../support/stand-ins/certificates.ts';
import { askMoto, moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { TlsFront } from '../support/stand-ins/tls-front.ts';
import { dataIn } from '../support/tools/map-page.ts';
import { run } from '../support/tools/program.ts';
import { awsCli, describeWith } from '../support/tools/required-tools.ts';
import { run as runTool } from '../support/tools/run.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const ACCOUNT = '111122223333';

/** An account with each thing that an ARN is about: providers, policies of both kinds, a boundary, a chain, and resources. */
function accountIn(partition: string): AccountSpec {
  const iam = (rest: string) => `arn:${partition}:iam::${ACCOUNT}:${rest}`;
  const ofAws = (name: string) => `arn:${partition}:iam::aws:policy/${name}`;
  const project = (path: string, host = 'gitlab.com') => ({
    Effect: 'Allow',
    Principal: { Federated: iam(`oidc-provider/${host}`) },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        [`${host}:aud`]: `https://${host}`,
        [`${host}:sub`]: `project_path:acme/${path}:ref_type:branch:ref:main`,
      },
    },
  });
  const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
  return {
    id: ACCOUNT,
    providers: [
      { host: 'gitlab.com', clientIds: ['https://gitlab.com'], thumbprints: ['a'.repeat(40)] },
      { host: 'gitlab.acme.example', clientIds: ['https://gitlab.acme.example'] },
    ],
    policies: {
      buckets: [allow('s3:*', `arn:${partition}:s3:::*`)],
      limit: [allow('s3:*', '*')],
    },
    roles: [
      {
        name: 'web',
        trust: [project('web')],
        permissions: [allow('sts:AssumeRole', iam('role/admin'))],
      },
      {
        name: 'admin',
        trust: [{ Effect: 'Allow', Principal: { AWS: iam('role/web') }, Action: 'sts:AssumeRole' }],
        managed: [ofAws('AdministratorAccess')],
      },
      { name: 'buckets', trust: [project('data')], managed: [iam('policy/buckets')] },
      {
        name: 'limited',
        trust: [project('limited')],
        managed: [ofAws('AdministratorAccess')],
        boundary: iam('policy/limit'),
      },
      { name: 'orphan', trust: [project('old', 'gitlab.gone.example')] },
    ],
  };
}

/** A report without where things were read, which differs between AWS and files, and without what only a visit has. */
function content(report: string): unknown {
  const without = ({ inputs: _, visits: __, ...rest }: AuditReport) => rest;
  return JSON.parse(JSON.stringify(without(JSON.parse(report) as AuditReport)), (key, value) =>
    key === 'place' ? undefined : (value as unknown),
  );
}

/** The commands of docs/audit.md that export an account. */
function exporting(): string {
  const [, exports = ''] = readFileSync('docs/audit.md', 'utf8').split('\n## Exports\n');
  return /```sh\n([^`]*)```/.exec(exports)?.[1] ?? '';
}

/** Partitions, the region in which IAM is asked there, another region, and that of Organizations. */
const PARTITIONS = [
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1', 'us-gov-west-1'],
  ['aws-cn', 'cn-north-1', 'cn-northwest-1', 'cn-northwest-1'],
] satisfies [string, string, string, string][];

describeWith([moto, awsCli, openssl], 'a live audit in another partition', () => {
  const scratch = scratchFolders();
  let server: MotoServer;
  /** Stands before moto and records who is asked, and where. */
  let aws: AwsAccounts;
  let cwd: string;

  beforeAll(async () => {
    server = await MotoServer.start();
    aws = await AwsAccounts.start(ACCOUNT, (call) => askMoto(server.url, call));
    for (const [partition, region] of PARTITIONS)
      await createInMoto(server.url, accountIn(partition), region);
  }, 120_000);

  afterAll(async () => {
    await aws.stop();
    await server.stop();
  });

  beforeEach(() => {
    cwd = scratch();
    aws.calls.splice(0);
    aws.fault = () => undefined;
  });

  async function environmentIn(region: string): Promise<Record<string, string>> {
    const own = await credentialsOf(server.url, ACCOUNT, region);
    aws.knows(own.accessKeyId, ACCOUNT);
    return {
      ...aws.environment(),
      AWS_ACCESS_KEY_ID: own.accessKeyId,
      AWS_SECRET_ACCESS_KEY: own.secretAccessKey,
      AWS_SESSION_TOKEN: own.sessionToken ?? '',
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      XDG_CACHE_HOME: join(cwd, 'cache'),
    };
  }

  const audit = (args: readonly string[], environment: Readonly<Record<string, string>>) =>
    run(['audit', ...args], cwd, undefined, environment);

  test.each(PARTITIONS)(
    'is what the exports say, with its ARNs alone: %s',
    async (partition, region) => {
      const environment = await environmentIn(region);
      const live = await audit(['--live', '--json'], environment);
      await runTool('bash', ['-ec', exporting()], cwd, environment);
      const dumps = await audit(['dumps', '--json'], environment);
      expect(live.stderr).toBe('');
      expect(content(live.stdout)).toEqual(content(dumps.stdout));

      const { inputs, roles, chains, providers, findings } = JSON.parse(live.stdout) as AuditReport;
      expect(inputs.join()).toMatch(`AWS, as arn:${partition}:sts::${ACCOUNT}:`);
      const provider = `arn:${partition}:iam::${ACCOUNT}:oidc-provider`;
      expect(
        providers.map(({ id, clientIds, roles: of }) => [id, clientIds, of.toSorted()]),
      ).toEqual([
        [`${provider}/gitlab.acme.example`, ['https://gitlab.acme.example'], []],
        [
          `${provider}/gitlab.com`,
          ['https://gitlab.com'],
          ['buckets', 'limited', 'web'].map((name) => `${ACCOUNT}/${name}`),
        ],
      ]);
      expect(roles.map(({ name, power }) => `${name} ${power}`).sort()).toEqual([
        'admin 4',
        'buckets 3',
        'limited 3',
        'orphan 0',
        'web 4',
      ]);
      expect(chains.map(({ roles: of, certainty }) => [of, certainty])).toEqual([
        [[`${ACCOUNT}/web`, `${ACCOUNT}/admin`], 'allowed'],
      ]);
      expect(findings.map(({ id, on }) => `${id} ${on}`)).toEqual(
        expect.arrayContaining([
          `AUD003 ${ACCOUNT}/web`,
          `AUD007 ${ACCOUNT}/oidc-provider/gitlab.acme.example`,
          `AUD008 ${ACCOUNT}/orphan`,
          `OIDC107 ${ACCOUNT}/web`,
        ]),
      );
      // All are made of what is the same as from AWS, and AWS takes longer to ask.
      for (const format of ['text', 'csv', 'sarif', 'codequality', 'markdown', 'html']) {
        const { stdout } = await audit(['dumps', '--format', format], environment);
        const shown = format === 'html' ? JSON.stringify(dataIn(stdout)) : stdout;
        expect(shown).toContain(`${ACCOUNT}/web`);
        expect(shown).not.toContain('arn:aws:');
      }
    },
    120_000,
  );

  test.each([
    [
      'us-gov-east-1',
      'us-gov-west-1 iam.us-gov.amazonaws.com',
      'us-gov-west-1 organizations.us-gov-west-1.amazonaws.com',
      'us-gov-east-1 sts.us-gov-east-1.amazonaws.com',
    ],
    [
      'cn-northwest-1',
      'cn-north-1 iam.cn-north-1.amazonaws.com.cn',
      'cn-northwest-1 organizations.cn-northwest-1.amazonaws.com.cn',
      'cn-northwest-1 sts.cn-northwest-1.amazonaws.com.cn',
    ],
  ])(
    'asks the hosts of its partition, through a proxy, from %s',
    async (region, ...hosts) => {
      const asked = new Set<string>();
      const answer = async (request: IncomingMessage) => {
        const [, scope = ''] =
          /Credential=[^/]+\/\d+\/([^/]+)/.exec(request.headers.authorization ?? '') ?? [];
        asked.add(`${scope} ${request.headers.host ?? ''}`);
        return askMoto(server.url, { request, body: await text(request) });
      };
      const names = hosts.map((one) => one.split(' ')[1] ?? '');
      const tls = certificate(cwd, names);
      const front = await TlsFront.start(
        tls,
        Object.fromEntries(names.map((one) => [one, answer])),
      );
      const { AWS_ENDPOINT_URL: direct = '', ...environment } = await environmentIn(region);
      const there = await audit(['--live', '--json'], {
        ...environment,
        HTTPS_PROXY: front.url,
        NO_PROXY: '',
        NODE_EXTRA_CA_CERTS: tls.caFile,
      });
      await front.stop();
      expect([...asked].sort()).toEqual(hosts.toSorted());
      const here = await audit(['--live', '--json'], { ...environment, AWS_ENDPOINT_URL: direct });
      expect(content(there.stdout)).toEqual(content(here.stdout));
    },
    60_000,
  );

  test.each(PARTITIONS)(
    'reads IAM in one region of %s (%s), and is the same from another (%s)',
    async (_, home, region, organizations) => {
      const scopes = new Set<string>();
      aws.fault = ({ action, request }) => {
        const [, scope = ''] =
          /Credential=[^/]+\/\d+\/([^/]+)/.exec(request.headers.authorization ?? '') ?? [];
        scopes.add(`${action.split(':')[0] ?? ''} ${scope}`);
        return undefined;
      };
      const there = await audit(['--live', '--json'], await environmentIn(region));
      expect(scopes).toEqual(
        new Set([`sts ${region}`, `iam ${home}`, `organizations ${organizations}`]),
      );
      const here = await audit(['--live', '--json'], await environmentIn(home));
      expect(content(there.stdout)).toEqual(content(here.stdout));
    },
    60_000,
  );
});
