import { several, tags, type Changes } from '../../support/builders/drafts.ts';
import type { BadAnswers } from './bad-answers.ts';

/** A limit of AWS: the last value that it takes, and the first that it refuses. */
interface Limit {
  readonly name: string;
  readonly edge: Changes;
  readonly past: Omit<BadAnswers, 'name' | 'answers'> & { readonly answers: Changes };
}

const THUMBPRINT = '9e99a48a9960b14926bb7f3b02e22da2b0ab727';
const NOT_GITLAB_COM = {
  'gitlab.url': 'https://gitlab.example.com',
  'roles[0].projects[0].id': 20,
};

const thumbprints = (count: number) => ({
  'provider.thumbprints': several(count, (n) => `${THUMBPRINT}${n}`),
  ...NOT_GITLAB_COM,
});
const url = (length: number) => ({
  'gitlab.url': `https://gitlab.example.com/${'a'.repeat(length - 27)}`,
  'gitlab.audience': 'sts.amazonaws.com',
});
const managed = (count: number, quota?: number) => ({
  'roles[0].permissions.managed_policies': several(count, (n) => `Policy${n}`),
  ...(quota === undefined ? {} : { 'aws.quotas.managed_policies': quota }),
});
const inline = (length: number) => ({
  'roles[0].permissions': {
    inline_policies: [
      {
        name: 'inline',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: `arn:aws:s3:::${'b'.repeat(length - 108)}`,
            },
          ],
        },
      },
    ],
  },
});
const inlineName = (length: number) => ({
  'roles[0].permissions.inline_policies': [
    { ...inline(200)['roles[0].permissions'].inline_policies[0], name: 'p'.repeat(length) },
  ],
});
/** The trust policy of the valid answers has 346 characters beside the branch. */
const trustPolicy = (length: number, quota?: number) => ({
  'roles[0].refs.branches': ['b'.repeat(length - 346)],
  ...(quota === undefined ? {} : { 'aws.quotas.trust_policy': quota }),
});
/** Each project takes most of a trust policy, so each becomes a role. */
const split = (projects: number, quota: number) => ({
  'roles[0].projects': several(projects, (n) => ({ path: `mygroup/project${n}`, id: n })),
  'roles[0].refs.branches': ['b'.repeat(1500)],
  'aws.quotas.roles': quota,
});
const roles = (count: number) => ({
  roles: several(count, (n) => ({
    name: `role${n}`,
    projects: [{ path: 'mygroup/myproject', id: 20 }],
    refs: { branches: ['main'] },
    permissions: {},
  })),
});
const ofRole = (key: string, edge: unknown, past: unknown, what: string | RegExp): Limit => ({
  name: `${key} of a role`,
  edge: { [`roles[0].${key}`]: edge },
  past: { answers: { [`roles[0].${key}`]: past }, what },
});

export const LIMITS: readonly Limit[] = [
  ofRole('name', 'r'.repeat(64), 'r'.repeat(65), 'the role name has 65 characters; AWS allows 64'),
  ofRole('path', `/${'p'.repeat(510)}/`, `/${'p'.repeat(511)}/`, '513 characters; IAM allows 512'),
  ofRole('description', 'd'.repeat(1000), 'd'.repeat(1001), '1001 characters; AWS allows 1000'),
  ofRole('tags', tags(50), tags(51), '51 tags; AWS allows 50'),
  ofRole('tags', { ['k'.repeat(128)]: '' }, { ['k'.repeat(129)]: '' }, /key of 129 .* allows 128/),
  ofRole('tags', { key: 'v'.repeat(256) }, { key: 'v'.repeat(257) }, /value of 257 .* and 256/),
  ofRole('session_duration', 3600, 3599, '3599 seconds is not a session duration'),
  ofRole('session_duration', 43_200, 43_201, '43201 seconds is not a session duration'),
  {
    name: 'audience',
    edge: { 'gitlab.audience': 'a'.repeat(255) },
    past: {
      answers: { 'gitlab.audience': 'a'.repeat(256) },
      what: '256 characters; AWS allows 255',
    },
  },
  {
    name: 'address of the instance',
    edge: url(255),
    past: { answers: url(256), what: 'the address has 256 characters; AWS allows 255' },
  },
  {
    name: 'thumbprints of a provider',
    edge: thumbprints(5),
    past: { answers: thumbprints(6), what: '6 thumbprints; AWS allows 5' },
  },
  {
    name: 'managed policies of a role',
    edge: managed(10),
    past: { answers: managed(11), what: 'there are 11; a role can have 10' },
  },
  {
    name: 'managed policies of a role, where AWS has raised the quota',
    edge: managed(25, 25),
    past: {
      answers: managed(1, 26),
      where: 'aws.quotas.managed_policies',
      what: '"26" does not fit',
    },
  },
  {
    name: 'inline policies of a role together',
    edge: inline(10_240),
    past: {
      answers: inline(10_241),
      what: 'the inline policies have 10241 characters together; AWS allows 10240',
    },
  },
  {
    name: 'name of an inline policy',
    edge: inlineName(128),
    past: {
      answers: inlineName(129),
      where: 'roles[0].permissions.inline_policies[0].name',
      what: 'the policy name has 129 characters; AWS allows 128',
    },
  },
  {
    name: 'trust policy of one subject',
    edge: trustPolicy(2048),
    past: {
      answers: trustPolicy(2049),
      where: 'roles[0]',
      what: 'has 2049 characters; AWS allows 2048',
    },
  },
  {
    name: 'trust policy of one subject, where AWS has raised the quota',
    edge: trustPolicy(4096, 4096),
    past: {
      answers: trustPolicy(4097, 4096),
      where: 'roles[0]',
      what: 'has 4097 characters; AWS allows 4096',
    },
  },
  {
    name: 'raised quota of trust policies',
    edge: { 'aws.quotas.trust_policy': 8192 },
    past: { answers: { 'aws.quotas.trust_policy': 8193 }, what: '"8193" does not fit' },
  },
  {
    name: 'roles of an account',
    edge: roles(1000),
    past: { answers: roles(1001), what: 'there would be 1001 roles; an account can have 1000' },
  },
  {
    name: 'roles of an account, with those that a split makes',
    edge: split(3, 3),
    past: {
      answers: split(3, 2),
      where: 'roles',
      what: 'there would be 3 roles; an account can have 2',
    },
  },
  {
    name: 'name of a role that is split',
    edge: { 'roles[0].name': 'r'.repeat(62), ...split(2, 9) },
    past: {
      answers: { 'roles[0].name': 'r'.repeat(63), ...split(2, 9) },
      what: /split .* is too long/,
    },
  },
];
