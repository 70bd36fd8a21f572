import { type AccountSpec, policyArn, roleArn, type RoleSpec } from './dump.ts';
import {
  ACME,
  ADMINISTRATOR,
  allow,
  COM,
  comProject,
  deny,
  federated,
  like,
  ordinary,
  project,
  root,
  service,
  trusts,
} from './statements.ts';

const ID = '111111111111';
const artifacts = (at: number) => [
  allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::artifacts-${at}/*`),
];

/** Roles with a fault that test/audit/planted.json names. */
const FAULTY: readonly RoleSpec[] = [
  {
    name: 'preview-any',
    trust: [like(ID, 'project_path:*')],
    permissions: [allow('s3:GetObject')],
  },
  {
    name: 'deploy-policies',
    trust: [project(ID, 11)],
    permissions: [allow('iam:CreatePolicyVersion')],
  },
  {
    name: 'lambda-factory',
    trust: [project(ID, 12)],
    permissions: [allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:GetFunction'])],
  },
  {
    name: 'hop-local',
    trust: [project(ID, 13)],
    permissions: [allow('sts:AssumeRole', roleArn(ID, 'local-admin'))],
  },
  { name: 'hop-direct', trust: [project(ID, 14)] },
  {
    name: 'hop-cross',
    trust: [project(ID, 15)],
    permissions: [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/bridge')],
  },
  {
    name: 'dead-wildcard',
    trust: [
      federated(ID, ACME, {
        StringEquals: {
          [`${ACME}:aud`]: `https://${ACME}`,
          [`${ACME}:sub`]: 'project_path:acme/*:ref_type:branch:ref:main',
        },
      }),
    ],
    permissions: artifacts(1),
  },
  { name: 'never-used', trust: [project(ID, 16)], permissions: artifacts(2), lastUsed: null },
  {
    name: 'before-controls',
    trust: [federated(ID, COM, { StringEquals: { [`${COM}:aud`]: `https://${COM}` } })],
    permissions: artifacts(3),
  },
];

/** Roles that trust GitLab and look like those with a fault. */
const SOUND: readonly RoleSpec[] = [
  { name: 'app', trust: [comProject(ID, 'acme/app', 21)], permissions: artifacts(4) },
  { name: 'tag', trust: [project(ID, 22, 'v1.0.0', 'tag')], permissions: artifacts(5) },
  {
    name: 'bounded-admin',
    trust: [project(ID, 23)],
    managed: [ADMINISTRATOR],
    boundary: policyArn(ID, 'only-artifacts'),
  },
  {
    name: 'denied-writer',
    trust: [project(ID, 24)],
    permissions: [allow('iam:*'), deny(['iam:*'], '*')],
  },
  {
    name: 'passes-elsewhere',
    trust: [project(ID, 25)],
    permissions: [
      allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'rds.amazonaws.com' } }),
      allow(['lambda:CreateFunction'], `arn:aws:lambda:*:${ID}:function:app-*`),
    ],
  },
  {
    name: 'not-trusted-back',
    trust: [project(ID, 26)],
    permissions: [allow('sts:AssumeRole', roleArn('222222222222', 'guarded-admin'))],
  },
  {
    name: 'new-role',
    trust: [project(ID, 27)],
    permissions: artifacts(6),
    lastUsed: null,
    created: '2026-11-28T08:00:00+00:00',
  },
  {
    name: 'needs-mfa',
    trust: [project(ID, 28)],
    permissions: [allow('sts:AssumeRole', roleArn(ID, 'people-admin'))],
  },
];

/** What chains lead to, or do not. */
const TARGETS: readonly RoleSpec[] = [
  { name: 'local-admin', trust: [trusts(root(ID))], managed: [ADMINISTRATOR] },
  { name: 'direct-admin', trust: [trusts(roleArn(ID, 'hop-direct'))], managed: [ADMINISTRATOR] },
  {
    name: 'people-admin',
    trust: [trusts(root(ID), { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })],
    managed: [ADMINISTRATOR],
  },
  { name: 'function', trust: [service('lambda')], permissions: artifacts(7) },
];

export const FIRST: AccountSpec = {
  id: ID,
  roles: [...FAULTY, ...SOUND, ...TARGETS, ...ordinary(ID, 50)],
  providers: [
    { host: ACME, clientIds: [`https://${ACME}`, 'legacy-vault'] },
    {
      host: COM,
      clientIds: [`https://${COM}`],
      thumbprints: ['b3dd7606d2b5a8b4a13771dbecc9ee1cecafa38a'],
    },
  ],
  policies: {
    'only-artifacts': [allow(['s3:GetObject', 's3:ListBucket'], 'arn:aws:s3:::artifacts-*')],
  },
};
