import { type AccountSpec, policyArn, roleArn, type RoleSpec } from './dump.ts';
import {
  ACME,
  ADMINISTRATOR,
  allow,
  comProject,
  federated,
  like,
  ordinary,
  project,
  root,
  trusts,
} from './statements.ts';

const ID = '333333333333';
const docs = (at: number) => [
  allow(['s3:PutObject', 's3:DeleteObject'], `arn:aws:s3:::docs-${at}/*`),
];

/** Roles with a fault that test/audit/planted.json names. */
const FAULTY: readonly RoleSpec[] = [
  {
    name: 'group-tables',
    trust: [like(ID, 'project_path:acme/*:ref_type:tag:ref:*')],
    permissions: [allow('dynamodb:PutItem')],
  },
  {
    name: 'trust-writer',
    trust: [project(ID, 51)],
    permissions: [
      {
        Effect: 'Allow',
        NotAction: ['iam:Put*', 'iam:Attach*', 'iam:Create*', 'ec2:*'],
        Resource: '*',
      },
    ],
    boundary: policyArn(ID, 'artifacts-and-trust'),
  },
  {
    name: 'user-keys',
    trust: [project(ID, 52)],
    permissions: [allow('iam:CreateAccessKey', `arn:aws:iam::${ID}:user/*`)],
  },
  {
    name: 'dead-claim',
    trust: [
      federated(ID, ACME, {
        StringEquals: {
          [`${ACME}:aud`]: `https://${ACME}`,
          [`${ACME}:sub`]: 'project_path:acme/web:ref_type:branch:ref:main',
          [`${ACME}:project_id`]: '20',
        },
      }),
    ],
    permissions: docs(1),
  },
  { name: 'docs-new', trust: [project(ID, 53)], permissions: docs(2) },
  { name: 'docs-old', trust: [project(ID, 53)], permissions: docs(2) },
  {
    name: 'half-year',
    trust: [project(ID, 54)],
    permissions: docs(3),
    lastUsed: '2026-05-13T08:00:00+00:00',
  },
  { name: 'orphan-com', trust: [comProject(ID, 'acme/web', 55)], permissions: docs(4) },
];

/** Roles that trust GitLab and look like those with a fault. */
const SOUND: readonly RoleSpec[] = [
  { name: 'pages', trust: [project(ID, 61)], permissions: docs(5) },
  { name: 'tables', trust: [project(ID, 62)], permissions: [allow('dynamodb:PutItem')] },
  {
    name: 'recently-used',
    trust: [project(ID, 63)],
    permissions: docs(6),
    lastUsed: '2026-09-15T08:00:00+00:00',
  },
  // Both sides of a chain, but the other account names another role.
  {
    name: 'wrong-hop',
    trust: [project(ID, 64)],
    permissions: [allow('sts:AssumeRole', roleArn(ID, 'organization-admin'))],
  },
];

/** What chains lead to, or do not. */
const TARGETS: readonly RoleSpec[] = [
  {
    name: 'organization-admin',
    trust: [trusts(roleArn('222222222222', 'bridge'))],
    managed: [ADMINISTRATOR],
  },
  { name: 'reader', trust: [trusts(root('111111111111'))], permissions: [allow('s3:GetObject')] },
];

export const THIRD: AccountSpec = {
  id: ID,
  roles: [...FAULTY, ...SOUND, ...TARGETS, ...ordinary(ID, 44)],
  providers: [
    { host: ACME, clientIds: [`https://${ACME}`] },
    { host: 'gitlab.old.example', clientIds: ['https://gitlab.old.example'] },
  ],
  policies: {
    'artifacts-and-trust': [allow(['s3:GetObject', 'iam:UpdateAssumeRolePolicy', 'iam:Get*'])],
  },
};
