import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openEverywhere } from '../../../src/access/reach/escalations.ts';
import { NO_ORGANIZATION } from '../../../src/access/reach/organization.ts';
import { policiesOf } from '../../../src/access/reach/policies.ts';
import { reachOf } from '../../../src/access/reach/reach.ts';
import { MAYBE, NO } from '../../../src/access/reach/value.ts';
import { ESCALATING_SERVICES, serviceOf } from '../../../src/iam/escalation/harmless.ts';
import { PATHS } from '../../../src/iam/escalation/paths.ts';

function policiesWith(document: unknown) {
  const trust = { version: '2012-10-17', statements: [], size: 0 } as const;
  const key = { account: '*', name: 'r' };
  return policiesOf({ key, trust, policies: [{ document }] }, NO_ORGANIZATION);
}

/** The paths that statements open: their actions, `?` under a condition, and how far the first reaches. */
function paths(...Statement: object[]): string[] {
  const policies = policiesWith({ Version: '2012-10-17', Statement });
  return PATHS.flatMap((path) => {
    const name = path.needs.map(({ action }) => action).join('+');
    const every = openEverywhere(policies, path);
    if (every !== NO) return [`${name}${every === MAYBE ? '?' : ''} every`];
    const [first, ...others] = path.needs;
    const [found] = first && others.length === 0 ? reachOf(policies, first.action) : [];
    return found ? [`${name} ${found.scope}`] : [];
  });
}

const allow = (Action: string | string[], Resource: string | string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const deny = (Action: string | string[], Resource: string | string[] = '*') => ({
  Effect: 'Deny',
  Action,
  Resource,
});

test.each([
  ['iam:CreatePolicyVersion'],
  ['iam:SetDefaultPolicyVersion'],
  ['iam:CreateAccessKey'],
  ['iam:CreateLoginProfile'],
  ['iam:UpdateLoginProfile'],
  ['iam:PutUserPolicy'],
  ['iam:AttachUserPolicy'],
  ['iam:AddUserToGroup'],
  ['iam:UpdateAssumeRolePolicy'],
  ['iam:PassRole'],
  ['sts:AssumeRole'],
  ['lambda:UpdateFunctionCode'],
])('%s on everything is a path of its own', (action) => {
  expect(paths(allow(action))).toEqual([`${action} every`]);
});

test.each([
  [['lambda:CreateFunction']],
  [['ec2:RunInstances']],
  [['ecs:RegisterTaskDefinition', 'ecs:RunTask']],
  [['glue:CreateJob', 'glue:StartJobRun']],
  [['cloudformation:CreateStack']],
  [['codebuild:CreateProject', 'codebuild:StartBuild']],
  [['sagemaker:CreateTrainingJob']],
  [['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition']],
])('iam:PassRole with %j is a path, also from two statements', (actions) => {
  expect(paths(allow('iam:PassRole'), allow(actions))).toContain(
    `iam:PassRole+${actions.join('+')} every`,
  );
  // A build takes its commands from whoever starts it, and so is a path by itself.
  const alone = actions.filter((action) => action === 'codebuild:StartBuild');
  expect(paths(allow(actions))).toEqual(alone.map((action) => `${action} every`));
});

test('NotAction and NotResource open what they do not name', () => {
  expect(paths({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' })).toContain(
    'iam:CreateAccessKey every',
  );
  expect(
    paths({ Effect: 'Allow', Action: 'sts:AssumeRole', NotResource: 'arn:aws:s3:::a' }),
  ).toEqual(['sts:AssumeRole every']);
  expect(paths({ Effect: 'Allow', Action: 'sts:AssumeRole', NotResource: '*' })).toEqual([]);
});

test.each([
  ['arn:aws:iam::*:role/*', 'every'],
  ['arn:aws:iam::123456789012:role/*', 'every'],
  ['arn:*', 'every'],
  ['arn:aws:iam::123456789012:role/app-*', 'pattern'],
  ['arn:aws:iam::123456789012:role/app', 'named'],
])('iam:PassRole on %s reaches %s role', (resource, reach) => {
  expect(paths(allow('iam:PassRole', resource))).toEqual([`iam:PassRole ${reach}`]);
});

test('a resource of another type or service opens nothing', () => {
  expect(paths(allow('iam:*', 'arn:aws:s3:::bucket/role/x'))).toEqual([]);
  expect(paths(allow('iam:CreateAccessKey', 'arn:aws:iam::*:role/*'))).toEqual([]);
});

test('a condition makes a path conditional, not absent', () => {
  const Condition = { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } };
  expect(paths({ ...allow('iam:PassRole'), Condition })).toEqual(['iam:PassRole? every']);
});

test('a Deny closes a path where it holds for every resource and without a condition', () => {
  const Condition = { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };
  expect(paths(allow('sts:*'), deny('sts:AssumeRole'))).toEqual([]);
  expect(paths(allow('sts:*'), { ...deny('sts:AssumeRole'), Condition })).toEqual([
    'sts:AssumeRole? every',
  ]);
  expect(paths(allow('sts:*'), deny('sts:AssumeRole', 'arn:aws:iam::1:role/a'))).toEqual([
    'sts:AssumeRole every',
  ]);
});

test('a Deny closes a path where its condition always holds: who signs in with a token has no MFA', () => {
  const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'false' } };
  expect(paths(allow('sts:*'), { ...deny('sts:AssumeRole'), Condition })).toEqual([]);
});

test('a document of any form is read without an error', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      for (const document of [json, { Statement: json }])
        expect(PATHS.map((path) => openEverywhere(policiesWith(document), path))).toHaveLength(
          PATHS.length,
        );
    }),
    { numRuns: 100 },
  );
});

test('the services of the paths are those by which a policy is called harmless', () => {
  const services = PATHS.flatMap(({ needs }) => needs.map(({ action }) => serviceOf(action)));
  expect([...ESCALATING_SERVICES]).toEqual([...new Set(services)].sort());
});
