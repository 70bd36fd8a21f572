import { describe, expect, test } from '@jest/globals';
import { completeAnswers, readAnswersText } from '../../src/answers/read.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { applyFlags } from '../../src/interview/apply-flags.ts';
import { AbsentPerson } from '../../src/interview/asker.ts';
import type { FlagValues } from '../../src/interview/flags.ts';
import { interview } from '../../src/interview/interview.ts';
import { ProblemError, type Problem } from '../../src/text/problem.ts';

const PROJECT = { project: ['mygroup/myproject=20'] };

/** What is wrong with flags, and with a file of answers beside them, when nobody can be asked. */
async function problemsOfFlags(flags: FlagValues, file?: string): Promise<readonly Problem[]> {
  const readFile = (path: string) => path;
  const absent = new AbsentPerson(true);
  const draft = file === undefined ? {} : readAnswersText(file, 'answers.yaml').draft;
  try {
    const given = applyFlags(draft, flags, readFile);
    const filled = await interview(given, { preset: 'role' }, absent, file === undefined);
    absent.done();
    blueprintOf(completeAnswers(filled));
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}

test('a project is enough', async () => {
  expect(await problemsOfFlags(PROJECT)).toEqual([]);
});

test.each(['aws', 'aws-cn', 'aws-us-gov'])(
  'partition %s has a default region of its own',
  async (partition) => {
    expect(await problemsOfFlags({ ...PROJECT, partition })).toEqual([]);
  },
);

describe('a flag that will not do is named', () => {
  test.each<[name: string, flags: FlagValues, where: string, what: string]>([
    ['no project', {}, '--project', 'it is required, and there is no terminal to ask on'],
    ['an id in words', { project: ['g/p=twenty'] }, '--project', '"twenty" is not a number'],
    ['an id of nothing', { project: ['g/p='] }, '--project', '"" is not a number'],
    ['two ids', { project: ['g/p=20=21'] }, '--project', '"20=21" is not a number'],
    ['a negative id', { project: ['g/p=-1'] }, '--project', '"-1" is not a number'],
    [
      'an id that a number cannot hold',
      { project: ['g/p=9007199254740993'] },
      '--project',
      'too many digits',
    ],
    ['an id of zero', { project: ['g/p=0'] }, 'roles[0].projects[0].id', '"0" does not fit here'],
    [
      'a group without yes',
      { group: ['mygroup'] },
      'roles[0].groups[0].accept_new_projects',
      'needs an explicit yes',
    ],
    [
      'an hour in words',
      { ...PROJECT, 'session-duration': 'soon' },
      '--session-duration',
      '"soon" is not',
    ],
    ['a tag without value', { ...PROJECT, 'role-tag': ['Owner'] }, '--role-tag', 'has no ='],
    [
      'a state without key',
      { ...PROJECT, 'terraform-state': 'my-bucket' },
      '--terraform-state',
      '"my-bucket" has no key',
    ],
    ['a policy without name', { ...PROJECT, 'policy-file': ['{}'] }, '--policy-file', 'has no ='],
    [
      'a policy that is not JSON',
      { ...PROJECT, 'policy-file': ['own={'] },
      '--policy-file',
      'is not JSON',
    ],
    [
      'a policy that is a list',
      { ...PROJECT, 'policy-file': ['own=[]'] },
      'roles[0].permissions.inline_policies[0].policy',
      'a list does not fit here',
    ],
    [
      'a policy for nobody',
      { ...PROJECT, 'policy-file': ['own={"Version":"2012-10-17"}'] },
      'roles[0].permissions.inline_policies[0].policy',
      'it has no Statement',
    ],
    ['another provider', { ...PROJECT, provider: 'new' }, 'provider.mode', '"new" does not fit'],
    ['another state', { ...PROJECT, state: 'consul' }, 'state.backend', '"consul" does not fit'],
    [
      'a generator without version',
      { ...PROJECT, generator: 'create-gitlab-aws-oidc' },
      'ci.generator.package',
      'is neither an npm package',
    ],
    [
      'an integrity of no package',
      { ...PROJECT, 'generator-integrity': 'sha512-x' },
      'ci.generator',
      'does not fit here',
    ],
    ['S3 without bucket', { ...PROJECT, state: 's3' }, '--state-bucket', 'required'],
    ['GitLab without repository', { ...PROJECT, state: 'gitlab' }, '--repository', 'required'],
    [
      'an administrator without yes',
      { ...PROJECT, 'managed-policy': ['AdministratorAccess'] },
      'roles[0].permissions.managed_policies',
      'do anything in the account',
    ],
  ])('%s', async (_, flags, where, what) => {
    expect(await problemsOfFlags(flags)).toEqual([
      { where, what: expect.stringContaining(what), fix: expect.stringMatching(/\w{3}/) },
    ]);
  });
});

const ONE_ROLE = `gitlab: { url: https://gitlab.example.com }
roles:
  - { name: one, projects: [{ path: g/p }], refs: { branches: [main] }, permissions: {} }
`;

test('a flag about a role changes the one role of a file', async () => {
  expect(await problemsOfFlags({ branch: ['-x'] }, ONE_ROLE)).toEqual([
    expect.objectContaining({ where: 'roles[0].refs.branches[0]' }),
  ]);
});

test('a generator given as flag replaces that of a file, with its integrity', async () => {
  const file = `${ONE_ROLE}ci: { credentials: script, generator: { package: x@1.2.3, integrity: wrong } }\n`;
  expect(await problemsOfFlags({ generator: 'x@1.2.4' }, file)).toEqual([]);
  expect(await problemsOfFlags({ generator: 'none' }, file)).toEqual([]);
});

test('a flag about a role is refused where the file has several', async () => {
  const two = `${ONE_ROLE}${ONE_ROLE.slice(ONE_ROLE.indexOf('  - {')).replace('one', 'two')}`;
  expect(await problemsOfFlags({ branch: ['main'] }, two)).toEqual([
    {
      where: '--branch',
      what: 'the file has 2 roles, and a flag cannot say which it means',
      fix: 'Make that change in the file',
    },
  ]);
});

describe('a wrong answer in a file is refused, and never replaced by a default or a flag', () => {
  test.each<[text: string, flags: FlagValues, where: string]>([
    ['gitlab: https://gitlab.example.com', {}, 'gitlab'],
    ['gitlab: https://gitlab.example.com', { 'gitlab-url': 'https://gitlab.com' }, 'gitlab'],
    ['aws: eu-central-1', {}, 'aws'],
    ['provider: existing', {}, 'provider'],
    ['state: s3', {}, 'state'],
    ['ci: script', {}, 'ci'],
    ['output:', {}, 'output'],
    ['roles: deploy', PROJECT, 'roles'],
    ['roles: [deploy]', PROJECT, 'roles[0]'],
  ])('%s', async (text, flags, where) => {
    const roles = text.startsWith('roles') ? '' : ONE_ROLE.slice(ONE_ROLE.indexOf('roles'));
    const problems = await problemsOfFlags(flags, `${text}\n${roles}`);
    expect(problems.map((problem) => problem.where)).toEqual([where]);
  });
});
