import { expect, jest, test } from '@jest/globals';
import * as v from 'valibot';
import type { Pack } from '../../src/permissions/pack.ts';
import { PACKS } from '../../src/permissions/index.ts';
import { answers, role } from '../support/builders/answers.ts';

const schema = v.strictObject({
  queues: v.pipe(v.array(v.string()), v.description('Queues to send to')),
});

const flags = {
  'sqs-send': {
    value: 'QUEUE',
    help: 'permit sending to this queue',
    many: true,
    prompt: { choice: 'send to SQS queues', message: 'Queues' },
  },
} as const;

/** What one file of a contributor would hold. */
const sqs = {
  meaning: 'Sends messages to the named SQS queues.',
  schema,
  example: { queues: ['orders'] },
  flags,
  answersOf: (given) => ({ 'sqs.queues': given['sqs-send'] }),
  check: ({ queues }, at) => {
    at('queues')(queues.includes('') ? { what: 'a name is empty', fix: 'Give it' } : undefined);
  },
  readOnly: () => undefined,
  readingData: () => undefined,
  data: () => [],
  policyName: () => 'sqs',
  describe: ({ queues }) => [`send to SQS ${queues.join(', ')}`],
  statements: ({ queues }, { partition, region, account }) => [
    {
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: queues.map((queue) => `arn:${partition}:sqs:${region}:${account}:${queue}`),
    },
  ],
} satisfies Pack<v.InferOutput<typeof schema>, typeof flags>;

// The line in the index.
jest.unstable_mockModule('../../src/permissions/index.ts', () => ({ PACKS: { ...PACKS, sqs } }));

const { AnswersSchema } = await import('../../src/answers/schema.ts');
const { keysOf } = await import('../../src/answers/schema-keys.ts');
const { completeAnswers } = await import('../../src/answers/read.ts');
const { blueprintOf } = await import('../../src/blueprint/build.ts');
const { roleFlagOptions, ROLE_FLAG_HELP } = await import('../../src/interview/flags.ts');
const { applyRoleFlags } = await import('../../src/interview/apply-flags.ts');
const { askPermissions } = await import('../../src/interview/permissions.ts');
const { presetRoles } = await import('../../src/interview/preset.ts');
const { AbsentPerson } = await import('../../src/interview/asker.ts');

/** The answers with these permissions, which the types of this build do not know. */
const withPermissions = (permissions: object) => ({
  ...answers(),
  roles: [{ ...role(), permissions }],
});

test('the answers take the pack, and its keys are known to the speller', () => {
  expect(completeAnswers(withPermissions({ sqs: { queues: ['orders'] } })).roles).toHaveLength(1);
  expect(keysOf(AnswersSchema)).toEqual(expect.arrayContaining(['sqs', 'queues']));
});

test('the check of the pack reports at its place', () => {
  expect(() => completeAnswers(withPermissions({ sqs: { queues: [''] } }))).toThrow(
    'roles[0].permissions.sqs.queues: a name is empty. Give it',
  );
});

test('the flag is parsed, in the help, and answers the pack', () => {
  expect(roleFlagOptions()['sqs-send']).toEqual({ type: 'string', multiple: true });
  expect(ROLE_FLAG_HELP).toContainEqual(['sqs-send', 'QUEUE', 'permit sending to this queue']);
  const given = { 'role-name': 'deploy', 'sqs-send': ['orders'] };
  expect(applyRoleFlags({}, given)).toEqual({
    name: 'deploy',
    permissions: { sqs: { queues: ['orders'] } },
  });
});

test('the interview offers it and asks for its limit', async () => {
  class Chooser extends AbsentPerson {
    override many() {
      return Promise.resolve(['sqs-send']);
    }
    override text({ message }: { message: string }) {
      return Promise.resolve(message === 'Queues' ? 'orders, bills' : '');
    }
  }
  expect(await askPermissions(new Chooser(true))).toEqual({ 'sqs-send': ['orders', 'bills'] });
});

test('the blueprint has its policy and its words', () => {
  const [deploy] = blueprintOf(completeAnswers(withPermissions({ sqs: { queues: ['orders'] } })))
    .stacks[0].roles;
  expect(deploy?.permissions).toEqual(['send to SQS orders']);
  expect(deploy?.inlinePolicies).toMatchObject([
    { name: 'sqs', document: { Statement: [{ Action: 'sqs:SendMessage' }] } },
  ]);
});

test('the plan role of a pair gets its read-only form, which for this pack is nothing', () => {
  const permissions = { sqs: { queues: ['orders'] }, ec2: { access: 'write', tags: { a: 'b' } } };
  const [plan, apply] = presetRoles({ name: 'gitlab', permissions }, true, false);
  expect(plan?.['permissions']).toEqual({ ec2: { access: 'read' } });
  expect(apply?.['permissions']).toEqual(permissions);
});
