import { expect, test } from '@jest/globals';
import { askSetup } from '../../src/interview/ask-setup.ts';
import { StepBack, type Person } from '../../src/interview/asker.ts';
import { Conversation } from '../../src/interview/conversation/conversation.ts';
import { interview } from '../../src/interview/interview.ts';

const ANSWERS: Readonly<Record<string, unknown>> = {
  'Projects that can assume the role': 'mygroup/a=20, https://gitlab.com/mygroup/b/-/tree/release',
  'IDs of the 2 projects': 'mygroup/b=21',
  'ID of mygroup/b': '21',
  'Permissions of the role': ['s3-read'],
  'Buckets to read': 'logs',
  'AWS region': 'us-gov-west-1',
};

/** A person with set answers; otherwise they press Enter. At the numbered question something happens to them instead. */
class Scripted {
  asked: string[] = [];
  constructor(
    private readonly setup: string,
    private readonly event?: { readonly at: number; readonly error: Error },
  ) {}

  person(): Person {
    const reply = (question: { message: string; default?: unknown }, nothing: unknown) => {
      this.asked.push(question.message);
      if (this.event && this.asked.length === this.event.at)
        return Promise.reject(this.event.error);
      if (question.message === 'Setup') return Promise.resolve(this.setup);
      return Promise.resolve(ANSWERS[question.message] ?? question.default ?? nothing);
    };
    const person: Record<string, unknown> = { say: () => undefined };
    for (const [kind, nothing] of [
      ['text', ''],
      ['choice', ''],
      ['yes', false],
      ['secret', ''],
      ['many', []],
    ] as const)
      // prettier-ignore
      person[kind] = (question: { message: string }) => reply(question, nothing);
    return person as unknown as Person;
  }
}

function filled(conversation: Conversation) {
  return conversation.run(async (person) => {
    conversation.quick = false;
    const { draft, quick } = await askSetup({}, person);
    conversation.quick = quick;
    return interview(draft, { preset: undefined }, person, true);
  });
}

async function whole(setup: string) {
  const scripted = new Scripted(setup);
  return { draft: await filled(new Conversation(scripted.person())), asked: scripted.asked };
}

const SETUPS = ['gitlab.com', 'own', 'all'];

test('the quick setup of gitlab.com asks few questions', async () => {
  expect((await whole('gitlab.com')).asked).toEqual([
    'Setup',
    'Projects that can assume the role',
    'Branches that can assume the role',
    'Permissions of the role',
    'Buckets to read',
    'AWS account ID',
  ]);
});

test('the branch of a pasted address is the default, and the region implies the partition', async () => {
  expect((await whole('all')).draft).toMatchObject({
    aws: { region: 'us-gov-west-1', partition: 'aws-us-gov' },
    roles: [
      {
        projects: [{ path: 'mygroup/a', id: 20 }, { path: 'mygroup/b', id: 21 }],
        refs: { branches: ['release'] },
      },
    ],
  }); // prettier-ignore
});

test.each(SETUPS)(
  '%s: after an interruption at any question only the rest is asked',
  async (setup) => {
    const { draft, asked } = await whole(setup);
    for (let at = 1; at <= asked.length; at++) {
      const interrupted = new Conversation(
        new Scripted(setup, { at, error: new Error('end') }).person(),
      );
      await expect(filled(interrupted)).rejects.toThrow('end');
      const rest = new Scripted(setup);
      expect(await filled(new Conversation(rest.person(), interrupted.given()))).toEqual(draft);
      expect(rest.asked).toEqual(asked.slice(at - 1));
    }
  },
);

test.each(SETUPS)('%s: a step back at any question asks the one before it', async (setup) => {
  const { draft, asked } = await whole(setup);
  for (let at = 1; at <= asked.length; at++) {
    const scripted = new Scripted(setup, { at, error: new StepBack() });
    expect(await filled(new Conversation(scripted.person()))).toEqual(draft);
    expect(scripted.asked).toEqual([...asked.slice(0, at), ...asked.slice(Math.max(at - 2, 0))]);
  }
});
