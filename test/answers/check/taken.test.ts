import { describe, expect, test } from '@jest/globals';
import { completeAnswers } from '../../../src/answers/read.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { answersWith, type Changes } from '../../support/builders/drafts.ts';

const decide = (answers: Changes) => blueprintOf(completeAnswers(answersWith(answers)));

describe('an address is brought into the form that AWS accepts', () => {
  test.each([
    ['https://GitLab.COM', 'https://gitlab.com'],
    ['HTTPS://gitlab.com/', 'https://gitlab.com'],
    ['https://GITLAB.example.com/Git//', 'https://gitlab.example.com/Git'],
    [' https://gitlab.example.com ', 'https://gitlab.example.com'],
  ])('%s', (given, normal) => {
    const { issuer } = decide({ 'gitlab.url': given });
    expect(issuer).toMatchObject({
      url: normal,
      audience: normal,
      prefix: normal.slice('https://'.length),
    });
  });
});

describe('what looks odd and is right is taken', () => {
  test.each<[string, Changes]>([
    ['a nested group', { 'roles[0].projects[0].path': 'my.group/sub_group/a-b' }],
    ['a branch with slash, hash, at and umlaut', { 'roles[0].refs.branches': ['fix/#1@größe'] }],
    ['a branch that looks like a policy variable', { 'roles[0].refs.branches': ['${awssub}'] }],
    ['a tag named main', { 'roles[0].refs.tags': ['main'] }],
    ['exact and pattern in one role', { 'roles[0].refs.branches': ['main', 'release/*', 'v?'] }],
    ['a group after yes', { 'roles[0].groups': [{ path: 'mygroup', accept_new_projects: true }] }],
    [
      'an administrator after yes',
      {
        'roles[0].permissions': {
          managed_policies: ['AdministratorAccess'],
          accept_administrator: true,
        },
      },
    ],
    [
      'policies of one name of AWS and of the account',
      {
        'roles[0].permissions.managed_policies': [
          'ReadOnlyAccess',
          'arn:aws:iam::123456789012:policy/ReadOnlyAccess',
          'arn:aws:iam::123456789012:policy/team/ReadOnlyAccess',
        ],
      },
    ],
    [
      'China',
      {
        'aws.partition': 'aws-cn',
        'aws.region': 'cn-north-1',
        'roles[0].permissions_boundary': 'arn:aws-cn:iam::123456789012:policy/ci',
      },
    ],
    [
      'GovCloud',
      {
        'aws.partition': 'aws-us-gov',
        'aws.region': 'us-gov-west-1',
        'roles[0].permissions_boundary': 'arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess',
      },
    ],
    [
      'the id in the subject of another instance',
      {
        'gitlab.url': 'https://gitlab.example.com',
        'gitlab.sub_components': ['project_id', 'ref_type', 'ref', 'ref_protected'],
        'roles[0].refs.protected_only': true,
      },
    ],
  ])('%s', (_, answers) => {
    expect(() => decide(answers)).not.toThrow();
  });
});

test('policies of one name have a Terraform address each', () => {
  const [role] = decide({
    'roles[0].permissions.managed_policies': [
      'ReadOnlyAccess',
      'arn:aws:iam::123456789012:policy/ReadOnlyAccess',
    ],
  }).stacks[0].roles;
  expect(role?.managedPolicies).toEqual([
    { label: 'deploy_ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    { label: 'deploy_ReadOnlyAccess_2', arn: 'arn:aws:iam::123456789012:policy/ReadOnlyAccess' },
  ]);
});

test('what one trust policy cannot hold becomes several roles, each within the quota', () => {
  const projects = Array.from({ length: 30 }, (_, n) => ({
    path: `mygroup/project${n}`,
    id: n + 1,
  }));
  const { notices, stacks } = decide({ 'roles[0].projects': projects });
  const [{ roles }] = stacks;
  expect(roles.map(({ name }) => name)).toEqual(
    ['deploy', 'deploy-2', 'deploy-3', 'deploy-4', 'deploy-5'].slice(0, roles.length),
  );
  expect(roles.length).toBeGreaterThan(1);
  expect(roles.flatMap(({ grants }) => grants.map(({ path }) => path))).toEqual(
    projects.map(({ path }) => path),
  );
  expect(notices.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/one trust policy would exceed/),
  );
});
