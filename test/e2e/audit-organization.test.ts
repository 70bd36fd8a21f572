import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { AuditReport } from '../../src/audit/report.ts';
import { createInMoto, credentialsOf } from '../audit/estate/in-moto.ts';
import { ADMINISTRATOR, comProject } from '../audit/estate/statements.ts';
import { AwsAccounts, jsonFailure } from '../support/stand-ins/aws-accounts.ts';
import { call, makeUnit, moveTo, rootOf } from '../support/stand-ins/moto-organization.ts';
import { askMoto, moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { run } from '../support/tools/program.ts';
import { awsCli, describeWith } from '../support/tools/required-tools.ts';
import { run as runTool } from '../support/tools/run.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

/** The account that moto makes an organization for. */
const MANAGEMENT = '123456789012';
const NAMES = ['In the unit', 'Itself', 'Free'] as const;
const NO_IAM = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
};

describeWith(
  [moto, awsCli],
  'an organization whose SCPs are attached to a unit and to an account',
  () => {
    const scratch = scratchFolders();
    let server: MotoServer;
    let aws: AwsAccounts;
    let cwd: string;
    /** Of all accounts, asked live. */
    let report: AuditReport;
    const ids: Record<string, string> = {};
    /** The SCP that each of the two has, by its id. */
    const scps: Record<string, string> = {};

    beforeAll(async () => {
      server = await MotoServer.start();
      aws = await AwsAccounts.start(MANAGEMENT, (asked) => askMoto(server.url, asked));
      await call(server.url, 'CreateOrganization', { FeatureSet: 'ALL' });
      const root = await rootOf(server.url);
      for (const AccountName of NAMES) {
        const Email = `${AccountName.replaceAll(' ', '.')}@example.com`;
        const created = await call(server.url, 'CreateAccount', { AccountName, Email });
        ids[AccountName] = String(
          (created['CreateAccountStatus'] as Record<string, string>)['AccountId'],
        );
      }
      const unit = await makeUnit(server.url, await makeUnit(server.url, root, 'teams'), 'guarded');
      await moveTo(server.url, ids['In the unit'] ?? '', unit);
      await call(server.url, 'EnablePolicyType', {
        RootId: root,
        PolicyType: 'SERVICE_CONTROL_POLICY',
      });
      for (const [name, target = ''] of [
        ['unit', unit],
        ['account', ids['Itself']],
      ] as const) {
        const created = await call(server.url, 'CreatePolicy', {
          Name: `no-iam-of-the-${name}`,
          Description: 'Nobody changes IAM',
          Type: 'SERVICE_CONTROL_POLICY',
          Content: JSON.stringify(NO_IAM),
        });
        const { PolicySummary } = created['Policy'] as { PolicySummary: { Id: string } };
        scps[name] = PolicySummary.Id;
        await call(server.url, 'AttachPolicy', { PolicyId: PolicySummary.Id, TargetId: target });
      }
      for (const id of [MANAGEMENT, ...Object.values(ids)])
        await createInMoto(server.url, {
          id,
          providers: [{ host: 'gitlab.com', clientIds: ['https://gitlab.com'] }],
          roles: [
            { name: 'deploy', trust: [comProject(id, 'acme/web', 20)], managed: [ADMINISTRATOR] },
          ],
        });
      cwd = scratch();
      report = await live();
    }, 240_000);

    afterAll(async () => {
      await aws.stop();
      await server.stop();
    });

    beforeEach(() => {
      cwd = scratch();
      aws.fault = () => undefined;
    });

    const audit = (...args: string[]) =>
      run(['audit', '--json', ...args], cwd, undefined, {
        ...aws.environment(),
        XDG_CACHE_HOME: join(cwd, 'cache'),
      });
    const live = async () => {
      const { stdout, exitCode, stderr } = await audit(
        '--organization',
        'OrganizationAccountAccessRole',
      );
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      return JSON.parse(stdout) as AuditReport;
    };

    /** Accounts whose role is an administrator. */
    function administrators({ roles }: AuditReport): string[] {
      const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
      return roles
        .filter(({ powers }) => powers.some(({ kind }) => kind === 'administrator'))
        .map(({ account }) => names.get(account) ?? 'management')
        .sort();
    }

    /** What a report says of one account, without where it was read. */
    function ofAccount(id: string, { roles, findings, grants, chains }: AuditReport): unknown {
      const own = {
        // Those that chains from the other accounts lead to are in the report of all alone.
        roles: roles.filter(({ account, trustsGitlab }) => account === id && trustsGitlab),
        findings: findings.filter(({ on }) => on.startsWith(id)),
        grants: grants.filter(({ role }) => role.startsWith(id)),
        chains: chains.filter(({ roles: [first = ''] }) => first.startsWith(id)),
      };
      return JSON.parse(JSON.stringify(own), (key, value) =>
        key === 'place' ? undefined : (value as unknown),
      );
    }

    test('has administrators only where no SCP takes IAM away, and never below it', () => {
      expect(report.visits.map(({ status }) => status)).toEqual(['read', 'read', 'read', 'read']);
      expect(administrators(report)).toEqual(['Free', 'management']);
      expect(report.undetermined.map(({ text }) => text).join()).not.toContain('SCPs');
    });

    test.each([
      ['unit', 'In the unit'],
      ['account', 'Itself'],
    ])(
      'is what exports say with the SCP of the %s as a file',
      async (attached, name) => {
        const id = ids[name] ?? '';
        const {
          accessKeyId,
          secretAccessKey,
          sessionToken = '',
        } = await credentialsOf(server.url, id);
        const own = {
          ...aws.environment(),
          AWS_ENDPOINT_URL: server.url,
          AWS_DEFAULT_REGION: 'us-east-1',
        };
        const environment = {
          ...own,
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
          AWS_SESSION_TOKEN: sessionToken,
        };
        const [, exports = ''] = readFileSync('docs/audit.md', 'utf8').split('\n## Exports\n');
        await runTool(
          'bash',
          ['-ec', /```sh\n([^`]*)```/.exec(exports)?.[1] ?? ''],
          cwd,
          environment,
        );
        const without = await audit('dumps');
        mkdirSync(join(cwd, 'policies'));
        for (const policy of ['p-FullAWSAccess', scps[attached] ?? '']) {
          const args = ['organizations', 'describe-policy', '--policy-id', policy];
          writeFileSync(
            join(cwd, 'policies', `${policy}.json`),
            await runTool('aws', args, cwd, own),
          );
        }
        const files = await audit('dumps', 'policies');
        expect(administrators(JSON.parse(without.stdout) as AuditReport)).toEqual([name]);
        const fromFiles = JSON.parse(files.stdout) as AuditReport;
        expect(administrators(fromFiles)).toEqual([]);
        expect(ofAccount(id, report)).toEqual(ofAccount(id, fromFiles));
      },
      240_000,
    );

    test.each([
      [
        'of one account',
        (target: string) => target === ids['Itself'],
        ['Itself'],
        ['Free', 'Itself', 'management'],
      ],
      ['of any', () => true, NAMES, ['Free', 'In the unit', 'Itself', 'management']],
    ] as const)(
      'whose SCPs %s may not be listed is audited, and says so',
      async (_, isDenied, unknown, powerful) => {
        aws.fault = ({ action, input }) =>
          action === 'organizations:ListPoliciesForTarget' && isDenied(input['TargetId'] ?? '')
            ? jsonFailure('AccessDeniedException', 'You may not list policies')
            : undefined;
        const denied = await live();
        expect(denied.visits.map(({ status }) => status)).toEqual(['read', 'read', 'read', 'read']);
        expect(administrators(denied)).toEqual(powerful);
        const [text = '', ...others] = denied.undetermined
          .map((one) => one.text)
          .filter((one) => one.includes('SCPs'));
        expect(others).toEqual([]);
        expect(text).toMatch(/ cannot be determined: AccessDenied: You may not list policies$/);
        expect(text.match(/\d{12}/g)?.sort()).toEqual(unknown.map((name) => ids[name]).sort());
        // What may be read later is asked for later, although the accounts are kept.
        aws.fault = () => undefined;
        const again = await live();
        expect(again.visits.map(({ status }) => status)).toEqual(['kept', 'kept', 'kept', 'kept']);
        expect(administrators(again)).toEqual(['Free', 'management']);
      },
      240_000,
    );
  },
);
