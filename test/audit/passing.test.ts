import { expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../../src/audit/audit.ts';
import { readEstate } from '../../src/audit/estate/read-estate.ts';
import type { AuditReport } from '../../src/audit/report.ts';
import { reportOf } from '../../src/audit/report-of.ts';
import { PATHS } from '../../src/iam/escalation/paths.ts';
import { NO_SETTINGS } from '../../src/lint/gate/settings.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';
import { accountDetails, roleArn, type RoleSpec, TODAY } from './estate/dump.ts';
import { ADMINISTRATOR, allow, like, project, root, service, trusts } from './estate/statements.ts';

const scratch = scratchFolders();
const HERE = '111111111111';

async function reported(
  roles: readonly RoleSpec[],
  files: Readonly<Record<string, object>> = {},
): Promise<AuditReport> {
  const folder = scratch();
  mkdirSync(join(folder, HERE));
  writeFileSync(
    join(folder, HERE, 'details.json'),
    accountDetails({ id: HERE, roles, providers: [] }),
  );
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, HERE, name), JSON.stringify(content));
  const estate = await readEstate([folder], []);
  const gate = { settings: NO_SETTINGS, baseline: undefined, today: TODAY };
  return reportOf(audit(estate, gate, { today: TODAY, unusedDays: 90 }), true);
}

const chains = ({ chains: found }: AuditReport) =>
  found.map(({ text }) => text.replaceAll(`${HERE}/`, ''));
const idsOf = ({ findings }: AuditReport, name: string) =>
  findings
    .filter(({ on, id }) => on === `${HERE}/${name}` && id.startsWith('AUD00'))
    .map(({ id }) => id);

const WORKER = roleArn(HERE, 'worker');
const secrets = [allow('secretsmanager:GetSecretValue')];
const lambda = (...actions: readonly string[]) => [
  allow('iam:PassRole', WORKER),
  allow(['lambda:CreateFunction', ...actions]),
];
const start = (permissions: readonly object[]): RoleSpec => ({
  name: 'start',
  trust: [project(HERE, 1)],
  permissions,
});
const worker = (principal = 'lambda', permissions: readonly object[] = secrets): RoleSpec => ({
  name: 'worker',
  trust: [service(principal)],
  permissions,
});

test('a role that may pass one role to a service that runs its code can become it', async () => {
  const report = await reported([start(lambda()), worker()]);
  expect(chains(report)).toEqual(['start → worker (passed by pass-role-lambda)']);
  expect(report.chains[0]?.by).toEqual(['pass-role-lambda']);
  const [first] = report.roles.filter(({ name }) => name === 'start');
  // All secrets: what the passed role may read counts as its own.
  expect(first?.power).toBe(3);
});

test.each<[string, readonly RoleSpec[]]>([
  ['a role that does not trust the service', [start(lambda()), worker('ec2')]],
  [
    'without the right to run code',
    [start([allow('iam:PassRole', WORKER), allow('lambda:ListFunctions')]), worker()],
  ],
  [
    'another role than the one that may be passed',
    [start([allow('iam:PassRole', `${WORKER}-2`), allow('lambda:CreateFunction')]), worker()],
  ],
  [
    'to another service than the one that may be passed to',
    [
      start([
        allow('iam:PassRole', WORKER, {
          StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' },
        }),
        allow('lambda:CreateFunction'),
      ]),
      worker(),
    ],
  ],
])('no step leads to %s', async (_, roles) => {
  expect(chains(await reported(roles))).toEqual([]);
});

test('a condition on the passed role leaves the step open', async () => {
  const passing = allow('iam:PassRole', WORKER, { StringEquals: { 'aws:ResourceTag/team': 'a' } });
  const report = await reported([start([passing, allow('lambda:CreateFunction')]), worker()]);
  expect(chains(report)).toEqual([
    'start → worker (passed by pass-role-lambda), under a condition',
  ]);
});

test('a passed role may lead on by sts:AssumeRole, and that is a chain to an administrator', async () => {
  const admin: RoleSpec = {
    name: 'admin',
    trust: [trusts(root(HERE))],
    managed: [ADMINISTRATOR],
  };
  const report = await reported([
    start(lambda()),
    worker('lambda', [allow('sts:AssumeRole', roleArn(HERE, 'admin'))]),
    admin,
  ]);
  expect(chains(report)).toContain('start → worker (passed by pass-role-lambda) → admin');
  expect(idsOf(report, 'start')).toContain('AUD003');
});

test('passing an administrator is an escalation, and is not reported a second time as a chain', async () => {
  const admin: RoleSpec = { name: 'worker', trust: [service('lambda')], managed: [ADMINISTRATOR] };
  const report = await reported([start(lambda()), admin]);
  expect(idsOf(report, 'start')).toEqual(expect.arrayContaining(['AUD002']));
  expect(idsOf(report, 'start')).not.toContain('AUD003');
});

test('a role that may pass every role is not followed to each of them', async () => {
  const report = await reported([
    start([allow('iam:PassRole'), allow('lambda:CreateFunction')]),
    worker(),
  ]);
  expect(chains(report)).toEqual([]);
  expect(report.roles.find(({ name }) => name === 'start')?.power).toBe(4);
});

const PASSING = PATHS.flatMap(({ id, needs, service: to }) =>
  to === undefined ? [] : [{ id, actions: needs.slice(1).map(({ action }) => action), to }],
);

test.each(PASSING)('the published path $id is a step', async ({ id, actions, to }) => {
  const report = await reported([
    start([allow('iam:PassRole', WORKER), allow(actions)]),
    worker(to.replace('.amazonaws.com', '')),
  ]);
  expect(report.chains.map(({ roles, by }) => [roles.at(-1), by])).toEqual([
    [`${HERE}/worker`, [id]],
  ]);
});

test('a role that only others can become has the exposure of those, and so a risk', async () => {
  const report = await reported([
    { name: 'open', trust: [like(HERE, 'project_path:acme/*')], permissions: [allow('sts:AssumeRole', roleArn(HERE, 'vault'))] }, // prettier-ignore
    { name: 'vault', trust: [trusts(root(HERE))], permissions: secrets },
  ]);
  const vault = report.roles.find(({ name }) => name === 'vault');
  expect(vault).toMatchObject({ trustsGitlab: false, exposure: 3, power: 3, risk: 9 });
});

const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
};

test('a policy of permissions among the dumps takes nothing away, and the report says that it does not count', async () => {
  const roles = [start([allow('iam:CreatePolicyVersion')])];
  const report = await reported(roles, { 'readers.json': POLICY });
  expect(idsOf(report, 'start')).toContain('AUD002');
  expect(report.undetermined.map(({ text }) => text).join()).toContain('readers.json');
  const named = await reported(roles, { 'scp.json': POLICY });
  expect(idsOf(named, 'start')).not.toContain('AUD002');
  expect(named.undetermined.map(({ text }) => text).join()).not.toContain('scp.json');
});
