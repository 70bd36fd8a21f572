import { describe, expect, test } from '@jest/globals';
import { completeAnswers, readAnswersText } from '../../src/answers/read.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { named } from '../../src/answers/located.ts';
import { applyFlags } from '../../src/interview/apply-flags.ts';
import { AbsentPerson } from '../../src/interview/asker.ts';
import { flagOptions, type FlagValues } from '../../src/interview/flags.ts';
import { answerAt } from '../../src/interview/draft.ts';
import { namedByFlags, placesOf } from '../../src/interview/by-flag/named-by-flags.ts';
import { interview } from '../../src/interview/interview.ts';
import { ProblemError, type Problem } from '../../src/text/problem.ts';

const SELF_MANAGED = { 'gitlab-url': 'https://gitlab.example.com' };
const ROLE_ARN = 'arn:aws:iam::111111111111:role/x';
const PROJECT = { project: ['mygroup/myproject=20'] };

/** What is wrong with flags, and with a file of answers beside them, when nobody can be asked. */
async function problemsOfFlags(flags: FlagValues, file?: string): Promise<readonly Problem[]> {
  const readFile = (path: string) => path;
  const absent = new AbsentPerson(true);
  const read = file === undefined ? undefined : readAnswersText(file, 'answers.yaml');
  const draft = read?.draft ?? {};
  try {
    const given = applyFlags(draft, flags, readFile);
    const filled = await interview(given, { preset: 'role' }, absent, file === undefined);
    absent.done();
    const name = namedByFlags(flags, {
      alone: read === undefined,
      isOwnRole: () => true,
      has: () => true,
      isInFile: (where) => answerAt(draft, where) !== undefined,
      otherwise: (problem) => problem,
    });
    named(name, () => blueprintOf(completeAnswers(filled)));
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
    ['an id of zero', { project: ['g/p=0'] }, '--project g/p=0', '"0" does not fit here'],
    ['a group without yes', { group: ['mygroup'] }, '--group mygroup', 'needs an explicit yes'],
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
      "--policy-file 'own=[]'",
      'a list does not fit here',
    ],
    [
      'a policy for nobody',
      { ...PROJECT, 'policy-file': ['own={"Version":"2012-10-17"}'] },
      `--policy-file 'own={"Version":"2012-10-17"}'`,
      'it has no Statement',
    ],
    ['another provider', { ...PROJECT, provider: 'new' }, '--provider new', '"new" does not fit'],
    ['another state', { ...PROJECT, state: 'consul' }, '--state consul', '"consul" does not fit'],
    [
      'a generator without version',
      { ...PROJECT, generator: 'create-gitlab-aws-oidc' },
      '--generator create-gitlab-aws-oidc',
      'is neither an npm package',
    ],
    [
      'an integrity of no package',
      { ...PROJECT, 'generator-integrity': 'sha512-x' },
      '--generator-integrity',
      'there is no package',
    ],
    ['S3 without bucket', { ...PROJECT, state: 's3' }, '--state-bucket', 'required'],
    ['GitLab without repository', { ...PROJECT, state: 'gitlab' }, '--repository', 'required'],
    [
      'an administrator without yes',
      { ...PROJECT, 'managed-policy': ['AdministratorAccess'] },
      '--managed-policy AdministratorAccess',
      'do anything in the account',
    ],
    ['the second of two', { ...PROJECT, branch: ['main', 'a b'] }, "--branch 'a b'", 'git refuses'],
    [
      'a no',
      { ...PROJECT, 'protected-only': true, ...SELF_MANAGED },
      '--protected-only',
      'no condition',
    ],
    ['a tag of AWS', { ...PROJECT, 'role-tag': ['aws:x=1'] }, '--role-tag aws:x=1', 'not a valid'],
    ['a tag twice', { ...PROJECT, 'role-tag': ['a=1', 'a=2'] }, '--role-tag', '"a" is given twice'],
    ['a bucket', { ...PROJECT, 's3-read': ['X'] }, '--s3-read X', 'not a bucket'],
    [
      'a state of a role',
      { ...PROJECT, 'terraform-state': 'X/y' },
      '--terraform-state X/y',
      'bucket',
    ],
    [
      'a bucket of no state',
      { ...PROJECT, 'state-bucket': 'b' },
      '--state-bucket b',
      'has no bucket',
    ],
    ['a map alone', { ...PROJECT, 'access-map': true }, '--access-map', 'no package'],
    [
      'an audit alone',
      { ...PROJECT, 'audit-role': [ROLE_ARN] },
      `--audit-role ${ROLE_ARN}`,
      'no package',
    ],
    [
      'a second account',
      { ...PROJECT, account: ['a=111111111111', 'b=111111111111'] },
      '--account b=111111111111',
      'the account a too',
    ],
    [
      'a missing id',
      { project: ['g/p'], ...SELF_MANAGED, 'sub-component': ['project_id', 'ref_type', 'ref'] },
      '--project g/p',
      'ID is missing',
    ],
    [
      'what the subject holds',
      {
        ...PROJECT,
        ...SELF_MANAGED,
        'sub-component': ['project_path', 'ref_type', 'ref', 'deployment_tier'],
      },
      '--deployment-tier',
      'it is missing',
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
    expect.objectContaining({ where: '--branch=-x' }),
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

test('an answer of the file is named by its place, one of a flag by the flag', async () => {
  const file = ONE_ROLE.replace('g/p', 'g p');
  const places = (await problemsOfFlags({ branch: ['a b'] }, file)).map(({ where }) => where);
  expect(places).toEqual(['roles[0].projects[0].path', "--branch 'a b'"]);
});

test('both roles of a pair have what a flag gave, which is wrong once', async () => {
  const flags = { ...PROJECT, 's3-read': ['X'] };
  const name = namedByFlags(flags, {
    alone: true,
    isOwnRole: () => true,
    has: () => true,
    isInFile: () => false,
    otherwise: (problem) => problem,
  });
  const pair = await interview(
    applyFlags({}, flags, (path) => path),
    { preset: 'plan-and-apply' },
    new AbsentPerson(true),
    true,
  );
  expect(() => named(name, () => completeAnswers(pair))).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ where: '--s3-read X' })] }),
  );
});

test('the way out names a flag, and no key of the file', async () => {
  const ways = async (flags: FlagValues) => (await problemsOfFlags(flags)).map(({ fix }) => fix);
  expect(await ways({ group: ['g'] })).toEqual([
    'Add --accept-new-projects, or name the projects with --project',
  ]);
  expect(await ways({ ...PROJECT, ...SELF_MANAGED, 'protected-only': true })).toEqual([
    expect.stringMatching(
      /^Give --sub-component project_path --sub-component ref_type --sub-component ref --sub-component ref_protected /,
    ),
  ]);
});

/** Flags that are no answer of their own. */
const NO_ANSWER = [
  'accept-new-projects',
  'accounts-ou',
  'accounts-tag',
  'plan-reads-data',
  'preset',
];

test('every flag that answers is known by the place of its answer', () => {
  const words = ['x', 'x=1', 'x/y'];
  const unnamed = Object.entries(flagOptions()).filter(([flag, { type, multiple }]) => {
    const places = words.flatMap((word) => {
      const value = type === 'boolean' ? true : multiple ? [word] : word;
      try {
        return placesOf({ [flag]: value }).filter(([one]) => one === flag);
      } catch {
        return [];
      }
    });
    return places.length === 0;
  });
  expect(unnamed.map(([flag]) => flag).sort()).toEqual(NO_ANSWER);
});
