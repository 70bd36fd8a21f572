import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { audit } from '../../../src/audit/audit.ts';
import { readEstate } from '../../../src/audit/estate/read-estate.ts';
import { reportOf } from '../../../src/audit/report-of.ts';
import { NO_SETTINGS } from '../../../src/lint/gate/settings.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';
import { accountDetails, policyArn, roleArn, type RoleSpec, TODAY } from './dump.ts';
import { allow, project, root, service, trusts } from './statements.ts';

const scratch = scratchFolders();
const HERE = '111111111111';

interface Part {
  readonly roles?: readonly RoleSpec[];
  readonly policies?: Readonly<Record<string, readonly object[]>>;
}

/** The report of one account whose export is in several files, without what names the files. */
async function reported(parts: readonly Part[]) {
  const folder = scratch();
  parts.forEach(({ roles = [], policies = {} }, at) => {
    mkdirSync(join(folder, HERE), { recursive: true });
    const text = accountDetails({ id: HERE, roles, providers: [], policies });
    writeFileSync(join(folder, HERE, `part-${at}.json`), text);
  });
  const estate = await readEstate([folder], []);
  const gate = { settings: NO_SETTINGS, baseline: undefined, today: TODAY };
  const report = reportOf(audit(estate, gate, { today: TODAY, unusedDays: 90 }), true);
  const { chains, roles, findings } = report;
  return {
    chains: chains.map(({ text }) => text.replaceAll(`${HERE}/`, '')).sort(),
    roles: roles
      .map(({ id, power, risk, powers, undetermined }) => ({
        id,
        power,
        risk,
        powers,
        undetermined,
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    findings: findings.map(({ id, on, message }) => `${on} ${id} ${message}`).sort(),
  };
}

const start: RoleSpec = {
  name: 'start',
  trust: [project(HERE, 1)],
  permissions: [allow('iam:PassRole', roleArn(HERE, 'worker')), allow('lambda:CreateFunction')],
};
const worker: RoleSpec = {
  name: 'worker',
  trust: [service('lambda')],
  permissions: [allow('secretsmanager:GetSecretValue')],
};
const other: RoleSpec = { name: 'other', trust: [project(HERE, 2)] };

const STEP = ['start → worker (passed by pass-role-lambda)'];

test.each<[string, readonly (readonly RoleSpec[])[]]>([
  ['before the role that passes it', [[worker], [start]]],
  ['after the role that passes it', [[start], [worker]]],
  ['between others', [[other], [worker], [start]]],
  ['after another', [[other], [start], [worker]]],
])('a role that is passed may be in another export of the account: %s', async (_, parts) => {
  const { chains, roles } = await reported(parts.map((one) => ({ roles: one })));
  expect(chains).toEqual(STEP);
  expect(roles.find(({ id }) => id.endsWith('/start'))?.power).toBe(3);
});

test('what a role passes may be known by a policy of another export, and lead on from there', async () => {
  const { permissions = [] } = start;
  const managed = [policyArn(HERE, 'passing')];
  const { chains } = await reported([
    { roles: [worker] },
    { roles: [{ ...start, permissions: [], managed }] },
    { policies: { passing: permissions } },
  ]);
  expect(chains).toEqual(STEP);
});

const ROLES: readonly RoleSpec[] = [
  { ...start, permissions: [], managed: [policyArn(HERE, 'passing')] },
  { ...worker, boundary: policyArn(HERE, 'limit') },
  { ...other, permissions: [allow('sts:AssumeRole', roleArn(HERE, 'next'))] },
  { name: 'next', trust: [trusts(root(HERE))], permissions: [allow('iam:PassRole', roleArn(HERE, 'task')), allow('ec2:RunInstances')] }, // prettier-ignore
  { name: 'task', trust: [service('ec2')], managed: [policyArn(HERE, 'reading')] },
  { name: 'bounded', trust: [project(HERE, 3)], permissions: [allow('iam:PutRolePolicy')], boundary: policyArn(HERE, 'limit') }, // prettier-ignore
];
const POLICIES = {
  passing: start.permissions ?? [],
  reading: [allow('s3:GetObject')],
  limit: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
};

test('an account has the same report, however its export is divided into files', async () => {
  const whole = await reported([{ roles: ROLES, policies: POLICIES }]);
  expect(whole.chains).toHaveLength(3);
  const places = fc.array(fc.nat({ max: 2 }), { minLength: 9, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(places, async (at) => {
      const parts = [0, 1, 2].map((part): Part => ({
        roles: ROLES.filter((_, index) => at[index] === part),
        policies: Object.fromEntries(
          Object.entries(POLICIES).filter((_, index) => at[index + ROLES.length] === part),
        ),
      }));
      expect(await reported(parts)).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

test.each(['tf', 'tofu'])(
  'files of one folder of .%s files that name no account are of one',
  async (ending) => {
    const folder = scratch();
    const role = (name: string) => `resource "aws_iam_role" "${name}" {
  name_prefix        = "${name}"
  assume_role_policy = ${JSON.stringify(JSON.stringify({ Version: '2012-10-17', Statement: [project(HERE, 1)] })).replaceAll(HERE, '${local.account}')}
}
`;
    writeFileSync(join(folder, `one.${ending}`), role('one'));
    writeFileSync(join(folder, `two.${ending}`), role('two'));
    const estate = await readEstate([folder], []);
    expect(estate.roles.map(({ id }) => id)).toEqual([
      `${folder}/aws_iam_role.one`,
      `${folder}/aws_iam_role.two`,
    ]);
  },
);

test('a variable that has a default is taken from the files, and a note says so', async () => {
  const folder = scratch();
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [project(HERE, 1)] });
  writeFileSync(
    join(folder, 'main.tf'),
    `variable "name" {
  default = "ci"
}
resource "aws_iam_role" "ci" {
  name               = var.name
  assume_role_policy = ${JSON.stringify(trust)}
}
`,
  );
  const { roles, notes } = await readEstate([folder], []);
  expect(roles.map(({ key }) => key.name)).toEqual(['ci']);
  expect(notes).toEqual([expect.stringContaining(`Taken from the files: var.name of ${folder}.`)]);
});

test('a parameter of a template that has a default is taken from it, and a note says so', async () => {
  const file = join(scratch(), 'stack.json');
  const trust = { Version: '2012-10-17', Statement: [project(HERE, 1)] };
  const template = {
    Parameters: { Name: { Type: 'String', Default: 'ci' } },
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: { Ref: 'Name' }, AssumeRolePolicyDocument: trust },
      },
    },
  };
  writeFileSync(file, JSON.stringify(template));
  const { roles, notes } = await readEstate([file], []);
  expect(roles.map(({ key }) => key.name)).toEqual(['ci']);
  expect(notes).toEqual([
    expect.stringContaining(`Taken from the files: parameter Name of ${file}.`),
  ]);
});

test('a configuration takes a policy from a file beside it, as in lint', async () => {
  const folder = scratch();
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [project(HERE, 1)] });
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [allow('iam:*')] });
  writeFileSync(join(folder, 'policy.json'), policy);
  writeFileSync(
    join(folder, 'main.tf'),
    `resource "aws_iam_role" "ci" {
  name               = "ci"
  assume_role_policy = ${JSON.stringify(trust)}
}
resource "aws_iam_role_policy" "own" {
  role   = aws_iam_role.ci.name
  policy = file("\${path.module}/policy.json")
}
`,
  );
  const estate = await readEstate([folder], []);
  expect(estate.unreadable).toEqual([]);
  expect(estate.roles.map(({ paths }) => paths.length > 0)).toEqual([true]);
});
