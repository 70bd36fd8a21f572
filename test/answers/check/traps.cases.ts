import { several } from '../../support/builders/drafts.ts';
import type { BadAnswers } from './bad-answers.ts';

const SELF_MANAGED = { 'gitlab.url': 'https://gitlab.example.com' };
const secondRole = (changes: Readonly<Record<string, unknown>>) => ({
  'roles[1]': {
    name: 'second',
    projects: [{ path: 'mygroup/myproject', id: 20 }],
    refs: { branches: ['main'] },
    permissions: {},
    ...changes,
  },
});
const project = (path: string, what: BadAnswers['what']): BadAnswers => ({
  name: `project ${JSON.stringify(path)}`,
  answers: { 'roles[0].projects[0].path': path },
  what,
});
const branch = (name: string, what: BadAnswers['what']): BadAnswers => ({
  name: `branch ${JSON.stringify(name).slice(0, 40)}`,
  answers: { 'roles[0].refs.branches[0]': name },
  what,
});
const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
const generator = (
  given: Readonly<Record<string, string>>,
  key: 'package' | 'integrity',
  what: BadAnswers['what'],
): BadAnswers => ({
  name: `generator ${JSON.stringify(given[key] ?? given['package']).slice(0, 60)}`,
  answers: { 'ci.generator': given },
  where: `ci.generator.${key}`,
  what,
});
const address = (url: string, what: BadAnswers['what']): BadAnswers => ({
  name: `instance ${JSON.stringify(url)}`,
  answers: { 'gitlab.url': url },
  what,
});
const boundary = (arn: string, what: BadAnswers['what'], account?: string): BadAnswers => ({
  name: `permissions boundary ${arn}`,
  answers: {
    'roles[0].permissions_boundary': arn,
    ...(account === undefined ? {} : { 'aws.account_id': account }),
  },
  what,
});
const inline = (statement: unknown, what: BadAnswers['what']): BadAnswers => ({
  name: `inline policy with ${JSON.stringify(statement)}`,
  answers: {
    'roles[0].permissions.inline_policies': [
      { name: 'own', policy: { Version: '2012-10-17', Statement: statement } },
    ],
  },
  where: 'roles[0].permissions.inline_policies[0].policy',
  what,
});
const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

/** Each is a bug that somebody shipped, or a mistake that AWS or GitLab answers with silence. */
export const TRAPS: readonly BadAnswers[] = [
  address('http://gitlab.example.com', 'is not https, but AWS accepts only https'),
  address('gitlab.com', 'does not start with https://'),
  address('https://gitlab.example.com:8443', 'names a port, but AWS accepts none'),
  address('https://gitlab.example.com?x=1', 'has a query'),
  address('https://gitlab.example.com/#top', 'has a query or a fragment'),
  address('https://me:secret@gitlab.example.com', 'the address holds credentials'),
  address('https://gitlab.com/mygroup/myproject', 'is a page of gitlab.com, not its address'),
  address('https://git lab.example.com', 'is not a web address'),
  address('https://gitlab.example.com/a%20b', 'holds characters that AWS may reject'),
  address('https://', 'is not a web address'),
  address('', 'the address is empty'),
  {
    name: 'an issuer other than gitlab.com for gitlab.com',
    answers: { 'gitlab.issuer': 'https://oidc.example.com' },
    what: 'gitlab.com is its own issuer',
  },
  {
    name: 'an issuer without https',
    answers: { 'gitlab.issuer': 'http://oidc.example.com', ...SELF_MANAGED },
    what: 'is not https',
  },
  {
    name: 'an audience that the CI file would expand',
    answers: { 'gitlab.audience': 'https://$HOST' },
    what: 'holds a space, a $, a wildcard or a character outside ASCII',
  },

  project('myproject', 'names a group or user, not a project'),
  project('mygroup/*', 'holds a wildcard'),
  project('https://gitlab.com/mygroup/myproject', 'is an address, not a path'),
  project('mygroup//myproject', 'has an empty part between slashes'),
  project('/mygroup/myproject', 'has an empty part between slashes'),
  project('mygroup/myproject.git', 'ends in .git or .atom'),
  project('mygroup/-project', 'is not a name GitLab allows'),
  project('mygroup/my project', 'is not a name GitLab allows'),
  project('project_path:mygroup/myproject', 'is not a name GitLab allows'),
  project('', 'the project path is empty'),
  {
    name: 'no project and no group',
    answers: { 'roles[0].projects': undefined },
    what: 'no project and no group may assume this role',
  },
  {
    name: 'an empty list of projects',
    answers: { 'roles[0].projects': [] },
    what: 'no project and no group may assume this role',
  },
  {
    name: 'a project twice',
    answers: { 'roles[0].projects[1]': { path: 'mygroup/myproject', id: 20 } },
    where: 'roles[0].projects[1].path',
    what: '"mygroup/myproject" is listed twice',
  },
  {
    name: 'a project with two ids',
    answers: secondRole({ projects: [{ path: 'mygroup/myproject', id: 21 }] }),
    where: 'roles[1].projects[0].id',
    what: '"mygroup/myproject" has id 20 in roles[0].projects[0] and 21 here',
  },
  {
    name: 'a group with a wildcard',
    answers: { 'roles[0].groups': [{ path: 'mygroup/*', accept_new_projects: true }] },
    where: 'roles[0].groups[0].path',
    what: 'holds a wildcard',
  },
  {
    name: 'every group there is',
    answers: { 'roles[0].groups': [{ path: '*', accept_new_projects: true }] },
    where: 'roles[0].groups[0].path',
    what: 'holds a wildcard',
  },
  {
    name: 'a group without yes',
    answers: { 'roles[0].groups': [{ path: 'mygroup' }] },
    where: 'roles[0].groups[0].accept_new_projects',
    what: /missing|explicit yes/,
  },
  {
    name: 'a group with no',
    answers: { 'roles[0].groups': [{ path: 'mygroup', accept_new_projects: false }] },
    where: 'roles[0].groups[0].accept_new_projects',
    what: 'a whole group needs an explicit yes',
  },

  branch('', 'the branch is empty'),
  branch('refs/heads/main', 'is a full ref; the subject holds short names'),
  branch('main:ref', 'holds ":", which git refuses'),
  branch('[a-z]*', 'holds [, which git refuses'),
  branch('-main', 'starts with a dash'),
  branch('main lock', 'holds " ", which git refuses'),
  branch('feature//x', 'has two in a row'),
  branch('feature..x', 'holds "..", which git refuses'),
  branch('main.lock', 'ends in .lock'),
  branch('größe-Ω', 'an IAM policy can hold Latin-1 characters only'),
  branch('\u001b[31mred', /which git refuses/),
  {
    name: 'no branch and no tag',
    answers: { 'roles[0].refs': {} },
    what: 'no branch and no tag may assume this role',
  },
  {
    name: 'an empty list of branches',
    answers: { 'roles[0].refs.branches': [] },
    what: 'does not fit here',
  },
  {
    name: 'a branch twice',
    answers: { 'roles[0].refs.branches': ['main', 'main'] },
    where: 'roles[0].refs.branches[1]',
    what: '"main" is listed twice',
  },

  {
    name: 'the environment of a role',
    answers: { 'roles[0].environment': 'production' },
    what: "a GitLab environment's name is in no subject",
  },
  {
    name: 'the environment among the refs',
    answers: { 'roles[0].refs.environments': ['production'] },
    what: "a GitLab environment's name is in no subject",
  },
  {
    name: 'the environment in the subject',
    answers: { 'gitlab.sub_components': ['project_path', 'ref_type', 'ref', 'environment'] },
    where: 'gitlab.sub_components[3]',
    what: "a GitLab environment's name is in no subject",
  },
  {
    name: 'ref_type: mr',
    answers: { 'roles[0].ref_type': 'mr' },
    what: 'AWS has no condition key for the ref type',
  },
  {
    name: 'merge requests as refs',
    answers: { 'roles[0].refs.merge_requests': true },
    what: 'a merge request has no ref of its own in a subject',
  },
  {
    name: 'a subject as text, without a ref',
    answers: { 'roles[0].subjects': ['project_path:foo/bar'] },
    what: 'a subject is not given but follows from projects and refs',
  },
  {
    name: 'the project id as a condition',
    answers: { 'roles[0].project_id': 20 },
    what: 'a project is named by its path',
  },
  {
    name: 'a subject without the project',
    answers: { 'gitlab.sub_components': ['ref_type', 'ref'] },
    what: 'the subject names no project',
  },
  {
    name: 'a subject without the ref type',
    answers: { 'gitlab.sub_components': ['project_path', 'ref'] },
    what: 'the subject has no ref_type',
  },
  {
    name: 'a part of the subject twice',
    answers: { 'gitlab.sub_components': ['project_path', 'ref_type', 'ref', 'ref'] },
    what: '"ref" is listed twice',
  },
  {
    name: 'an id in the subject of a project whose id is not given',
    answers: {
      'roles[0].projects[0].id': undefined,
      'gitlab.sub_components': ['project_id', 'ref_type', 'ref'],
    },
    what: 'its ID is missing, and the subject holds project_id',
  },
  {
    name: 'an id in the subject of a group',
    answers: {
      'roles[0].groups': [{ path: 'mygroup', accept_new_projects: true }],
      'gitlab.sub_components': ['project_id', 'ref_type', 'ref'],
    },
    where: 'roles[0].groups[0]',
    what: 'project_id, which cannot stand for a whole group',
  },
  {
    name: 'a deployment tier that the subject does not hold',
    answers: { 'roles[0].deployment_tier': 'production' },
    what: 'AWS has no condition key for it',
  },

  ...[
    ['pipeline_sources', ['push']],
    ['runner_environment', 'self-hosted'],
    ['projects[0].namespace_id', 7],
  ].map(([key, value]): BadAnswers => ({
    name: `${String(key)} on another instance than gitlab.com`,
    answers: { [`roles[0].${String(key)}`]: value, ...SELF_MANAGED },
    what: 'AWS has no such condition key for this issuer, only for gitlab.com',
  })),
  {
    name: 'protected refs only, on another instance than gitlab.com',
    answers: { 'roles[0].refs.protected_only': true, ...SELF_MANAGED },
    what: 'AWS has no condition key for it on this issuer',
  },
  {
    name: 'a pipeline source that GitLab does not have',
    answers: { 'roles[0].pipeline_sources': ['merge_request'] },
    where: 'roles[0].pipeline_sources[0]',
    what: '"merge_request" is not a pipeline source of GitLab',
  },

  ...['Deploy', 'de-ploy', 'deploy'].map((name): BadAnswers => ({
    name: `roles deploy and ${name}`,
    answers: secondRole({ name }),
    where: 'roles[1].name',
    what: 'differ in case or punctuation only',
  })),
  {
    name: 'roles of one name in two paths',
    answers: secondRole({ name: 'deploy', path: '/other/' }),
    where: 'roles[1].name',
    what: 'IAM or Terraform would take them for one',
  },
  {
    name: 'a role name with a slash',
    answers: { 'roles[0].name': 'gitlab/deploy' },
    what: 'holds a character that AWS does not allow in a role name',
  },
  { name: 'no role', answers: { roles: [] }, what: 'does not fit here' },
  {
    name: 'a role path without its last slash',
    answers: { 'roles[0].path': '/gitlab' },
    what: 'is not a valid IAM path',
  },
  {
    name: 'a description outside Latin-1',
    answers: { 'roles[0].description': 'déploie → AWS' },
    what: 'the description holds "→"',
  },
  {
    name: 'tag keys that differ in case',
    answers: { 'roles[0].tags': { Owner: 'a', owner: 'b' } },
    what: 'differ in case only',
  },
  {
    name: 'a tag key of AWS',
    answers: { 'roles[0].tags': { 'aws:owner': 'a' } },
    what: '"aws:owner" is not a valid tag key',
  },

  boundary('ci-boundary', 'is not the ARN of a managed policy'),
  boundary('arn:aws:iam::123456789012:role/ci', 'is not the ARN of a managed policy'),
  boundary(
    'arn:aws-cn:iam::123456789012:policy/ci',
    'is of partition aws-cn, the roles are of aws',
  ),
  boundary('arn:aws:iam::210987654321:policy/ci', 'is of account 210987654321', '123456789012'),
  {
    name: 'a managed policy of another partition',
    answers: {
      'roles[0].permissions.managed_policies': ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      'aws.partition': 'aws-us-gov',
      'aws.region': 'us-gov-west-1',
    },
    where: 'roles[0].permissions.managed_policies[0]',
    what: 'is of partition aws, the roles are of aws-us-gov',
  },
  {
    name: 'a managed policy by name and by ARN',
    answers: {
      'roles[0].permissions.managed_policies': [
        'ReadOnlyAccess',
        'arn:aws:iam::aws:policy/ReadOnlyAccess',
      ],
    },
    where: 'roles[0].permissions.managed_policies[1]',
    what: 'is listed twice',
  },
  ...['AdministratorAccess', 'arn:aws:iam::aws:policy/AdministratorAccess'].map(
    (policy): BadAnswers => ({
      name: `${policy} without yes`,
      answers: { 'roles[0].permissions.managed_policies': [policy] },
      what: 'lets every job that assumes the role do anything in the account',
    }),
  ),
  {
    name: 'a region of another partition',
    answers: { 'aws.region': 'eu-west-1', 'aws.partition': 'aws-cn' },
    what: '"eu-west-1" is a region of partition aws, and the partition is aws-cn',
  },
  {
    name: 'a region of China without its partition',
    answers: { 'aws.region': 'cn-north-1' },
    what: 'is a region of partition aws-cn',
  },
  {
    name: 'a region of a partition that is not supported',
    answers: { 'aws.region': 'eusc-de-east-1' },
    what: '"eusc-de-east-1" is of a partition that is not supported',
  },
  { name: 'a zone as region', answers: { 'aws.region': 'eu-west-1a' }, what: 'not an AWS region' },
  {
    name: 'an account id of eleven digits',
    answers: { 'aws.account_id': '12345678901' },
    what: 'is not an AWS account ID',
  },
  {
    name: 'an account id that is a number',
    answers: { 'aws.account_id': 12_345_678_901 },
    what: 'the account id is a number, and loses a leading zero',
  },

  {
    name: 'thumbprints of a provider that exists',
    answers: {
      'provider.thumbprints': ['9e99a48a9960b14926bb7f3b02e22da2b0ab7280'],
      'provider.mode': 'existing',
    },
    what: 'the provider exists already, so its thumbprints are not set here',
  },
  {
    name: 'a SHA-256 thumbprint',
    answers: { 'provider.thumbprints': ['a'.repeat(64)] },
    where: 'provider.thumbprints[0]',
    what: 'is not a thumbprint',
  },
  {
    name: 'a thumbprint with colons',
    answers: { 'provider.thumbprints': [several(20, () => '9E').join(':')] },
    where: 'provider.thumbprints[0]',
    what: 'is not a thumbprint',
  },
  {
    name: 'the legacy token with another audience',
    answers: { 'gitlab.audience': 'sts.amazonaws.com', 'ci.credentials': 'legacy-jwt' },
    what: 'CI_JOB_JWT_V2 always carries https://gitlab.com as audience',
  },
  {
    name: 'the legacy token with a subject of later versions',
    answers: {
      'gitlab.sub_components': ['project_id', 'ref_type', 'ref'],
      'ci.credentials': 'legacy-jwt',
    },
    what: 'it needs GitLab 17.10 or newer, which has no CI_JOB_JWT_V2 any more',
  },
  {
    name: 'a state in GitLab without the project that holds it',
    answers: { state: { backend: 'gitlab', name: 'oidc' } },
    where: 'gitlab.repository',
    what: 'GitLab keeps the state in the project that holds this repository',
  },
  {
    name: 'a state bucket as address',
    answers: { state: { backend: 's3', bucket: 's3://my-state', key: 'oidc.tfstate' } },
    where: 'state.bucket',
    what: '"s3://my-state" is not a bucket name',
  },

  {
    name: 'a bucket with a wildcard',
    answers: { 'roles[0].permissions.s3.read': ['my-*'] },
    where: 'roles[0].permissions.s3.read[0]',
    what: 'is not a bucket name',
  },
  {
    name: 'S3 with nothing permitted',
    answers: { 'roles[0].permissions.s3': {} },
    what: 'it permits nothing',
  },
  {
    name: 'every secret',
    answers: { 'roles[0].permissions.secrets_manager': { read: ['*'] } },
    where: 'roles[0].permissions.secrets_manager.read[0]',
    what: "is not a prefix of a secret's name",
  },
  {
    name: 'instances to start without a tag',
    answers: { 'roles[0].permissions.ec2': { access: 'write' } },
    where: 'roles[0].permissions.ec2.tags',
    what: 'requires at least one tag',
  },
  inline([], 'it has no Statement'),
  inline({ ...READ, Principal: '*' }, 'has a Principal, which belongs into a trust policy'),
  inline({ ...READ, Action: '*' }, 'allows every action on every resource'),
  inline({ ...READ, Action: ['*:*'] }, 'allows every action on every resource'),
  inline({ ...READ, Effect: 'allow' }, 'has no Effect of Allow or Deny'),
  inline({ ...READ, NotAction: 's3:*' }, 'needs Action or NotAction, and not both'),
  inline({ ...READ, Action: 'GetObject' }, '"GetObject" in Statement[0] is not an action'),
  inline({ ...READ, Resource: 'my-bucket' }, '"my-bucket" in Statement[0] is not an ARN or *'),
  inline({ ...READ, Resource: [] }, 'has a Resource that is not text'),
  inline({ ...READ, Sid: 'read-it' }, 'has a Sid that is not letters and digits'),
  inline(
    { ...READ, Condition: { StringEquals: { 'aws:ResourceAccount': 12345678901 } } },
    'compares with the number 12345678901, which may not be what was written',
  ),
  inline(
    { ...READ, Condition: { Null: { 'aws:TokenIssueTime': null } } },
    'has a Condition with a value that is not text',
  ),
  inline({ ...READ, Condition: ['x'] }, 'has a Condition that is not a mapping of operators'),
  inline(
    [
      { ...READ, Sid: 'A' },
      { ...READ, Sid: 'A' },
    ],
    '"A" is the Sid of two statements',
  ),
  inline({ ...READ, Ressource: '*' }, '"Ressource", which is not a field of a statement'),
  inline('s3:*', 'Statement[0] is not an object'),
  {
    name: 'two inline policies of one name',
    answers: {
      'roles[0].permissions.inline_policies': [1, 2].map(() => ({
        name: 'own',
        policy: { Version: '2012-10-17', Statement: READ },
      })),
    },
    where: 'roles[0].permissions.inline_policies[1].name',
    what: '"own" is listed twice',
  },
  ...[
    'create-gitlab-aws-oidc',
    'create-gitlab-aws-oidc@latest',
    'create-gitlab-aws-oidc@^1.2.3',
    'create-gitlab-aws-oidc@1.2',
    'create-gitlab-aws-oidc@01.2.3',
    'create-gitlab-aws-oidc@1.2.3-01',
    'Create@1.2.3',
    '.x@1.2.3',
    '--registry=https://example.com/x@1.2.3',
    '@acme@1.2.3',
    '@acme/../x@1.2.3',
    'x@npm:y@1.2.3',
    'x@1.2.3 && curl evil.example',
    'x@1.2.3\n',
    "x@1.2.3'",
    'x@1.2.3$(id)',
    `${'x'.repeat(220)}@1.2.3`,
    'acme/create-gitlab-aws-oidc',
    'git+https://example.com/x.git',
    'file:x.tgz',
    'http://example.com/x.tgz',
    'https://example.com/x.zip',
    'https://user:password@example.com/x.tgz',
    'https://example.com/x.tgz?token=secret',
    'https://example.com/x.tgz#fragment',
    'https://example.com/$(id).tgz',
    '',
  ].map((name) =>
    generator({ package: name, integrity: INTEGRITY }, 'package', 'is neither an npm package'),
  ),
  ...[
    'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
    `sha256-${'A'.repeat(43)}=`,
    'sha512-A',
    `sha512-${'A'.repeat(85)}B==`,
    `${INTEGRITY} ${INTEGRITY}`,
    `${INTEGRITY}\n`,
    `${INTEGRITY}'; id; '`,
  ].map((integrity) =>
    generator({ package: 'x@1.2.3', integrity }, 'integrity', 'is not a SHA-512 integrity'),
  ),
  generator({ package: 'https://example.com/x.tgz' }, 'integrity', 'which package it will serve'),
  {
    name: 'a package for a job that has the token of old GitLabs',
    answers: { 'ci.generator': { package: 'x@1.2.3' }, 'ci.credentials': 'legacy-jwt' },
    what: 'would hold the token',
  },
  {
    name: 'no package by another word',
    answers: { 'ci.generator': 'no' },
    what: '"no" does not fit',
  },
];
