import { type AccountSpec, roleArn, type RoleSpec } from './dump.ts';
import {
  ACME,
  ADMINISTRATOR,
  allow,
  COM,
  comProject,
  federated,
  like,
  ordinary,
  project,
  root,
  service,
  trusts,
} from './statements.ts';

const ID = '222222222222';
const pushes = (at: number) => [
  allow('ecr:GetAuthorizationToken'),
  allow(
    ['ecr:BatchCheckLayerAvailability', 'ecr:InitiateLayerUpload', 'ecr:PutImage'],
    `arn:aws:ecr:eu-west-1:${ID}:repository/app-${at}`,
  ),
];

/** Roles with a fault that test/audit/planted.json names. */
const FAULTY: readonly RoleSpec[] = [
  {
    name: 'group-secrets',
    trust: [like(ID, 'project_path:acme/*:ref_type:branch:ref:*')],
    permissions: [allow('secretsmanager:GetSecretValue')],
  },
  {
    name: 'branches-admin',
    trust: [like(ID, 'project_path:acme/web:ref_type:branch:ref:*')],
    managed: [ADMINISTRATOR],
  },
  {
    name: 'self-edit',
    trust: [project(ID, 31)],
    permissions: [allow('iam:PutRolePolicy', roleArn(ID, 'self-edit'))],
  },
  {
    name: 'pass-to-admin',
    trust: [project(ID, 32)],
    permissions: [
      allow('iam:PassRole', roleArn(ID, 'task-admin')),
      allow(['ecs:RegisterTaskDefinition', 'ecs:RunTask']),
    ],
  },
  {
    name: 'hop-to-manager',
    trust: [project(ID, 33)],
    permissions: [allow('sts:AssumeRole', `arn:aws:iam::${ID}:role/iam-*`)],
  },
  {
    name: 'dead-host',
    trust: [
      federated(ID, ACME, {
        StringEquals: {
          [`${COM}:aud`]: `https://${COM}`,
          [`${COM}:sub`]: 'project_path:acme/web:ref_type:branch:ref:main',
        },
      }),
    ],
    permissions: pushes(1),
  },
  { name: 'release-a', trust: [project(ID, 34)], permissions: pushes(2) },
  { name: 'release-b', trust: [project(ID, 34)], permissions: pushes(2) },
  {
    name: 'last-year',
    trust: [project(ID, 35)],
    permissions: pushes(3),
    lastUsed: '2025-10-01T08:00:00+00:00',
  },
  {
    name: 'orphan',
    trust: [
      federated(ID, 'gitlab.gone.example', {
        StringEquals: {
          'gitlab.gone.example:aud': 'https://gitlab.gone.example',
          'gitlab.gone.example:sub': 'project_id:36:ref_type:branch:ref:main',
        },
      }),
    ],
    permissions: pushes(4),
  },
  {
    name: 'before-controls-id',
    trust: [
      federated(ID, COM, {
        StringEquals: { [`${COM}:aud`]: `https://${COM}`, [`${COM}:project_id`]: '37' },
      }),
    ],
    permissions: pushes(5),
  },
];

/** Roles that trust GitLab and look like those with a fault. */
const SOUND: readonly RoleSpec[] = [
  { name: 'images', trust: [comProject(ID, 'acme/images', 41)], permissions: pushes(6) },
  {
    name: 'passes-plain-role',
    trust: [project(ID, 42)],
    permissions: [
      allow('iam:PassRole', roleArn(ID, 'task-plain')),
      allow(['ecs:RegisterTaskDefinition', 'ecs:RunTask']),
    ],
  },
  {
    name: 'edits-bounded-roles',
    trust: [project(ID, 43)],
    permissions: [
      allow('iam:PutRolePolicy', `arn:aws:iam::${ID}:role/app/*`, {
        StringEquals: { 'iam:PermissionsBoundary': `arn:aws:iam::${ID}:policy/app` },
      }),
    ],
  },
  // The same trust as release-a, with other permissions.
  { name: 'release-c', trust: [project(ID, 34)], permissions: pushes(7) },
  // The group is wide, and what it may do is little.
  {
    name: 'group-docs',
    trust: [like(ID, 'project_path:acme/docs/*:ref_type:branch:ref:*')],
    permissions: [allow('s3:PutObject', 'arn:aws:s3:::docs/*')],
  },
];

/** What chains lead to, or do not. */
const TARGETS: readonly RoleSpec[] = [
  {
    name: 'bridge',
    trust: [trusts(roleArn('111111111111', 'hop-cross'))],
    permissions: [allow('sts:AssumeRole', 'arn:aws:iam::333333333333:role/organization-admin')],
  },
  { name: 'iam-manager', trust: [trusts(root(ID))], permissions: [allow('iam:AttachRolePolicy')] },
  { name: 'guarded-admin', trust: [trusts(roleArn(ID, 'bridge'))], managed: [ADMINISTRATOR] },
  { name: 'task-admin', trust: [service('ecs-tasks')], managed: [ADMINISTRATOR] },
  { name: 'task-plain', trust: [service('ecs-tasks')], permissions: pushes(8) },
];

export const SECOND: AccountSpec = {
  id: ID,
  roles: [...FAULTY, ...SOUND, ...TARGETS, ...ordinary(ID, 50)],
  providers: [
    { host: ACME, clientIds: [`https://${ACME}`] },
    { host: COM, clientIds: [`https://${COM}`, 'sts.amazonaws.com'] },
  ],
};
