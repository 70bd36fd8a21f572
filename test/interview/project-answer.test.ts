import { expect, test } from '@jest/globals';
import { noFindings } from '../../src/gitlab/settings/findings.ts';
import { Guide } from '../../src/interview/guide/guide.ts';
import { projectAnswer } from '../../src/interview/guide/project-answer.ts';

const FORM = { components: ['project_path', 'ref_type', 'ref'], chosen: false } as const;

/** What is shown about `g/p`, and what remains unchecked, where a wait for GitLab ends so. */
async function outcomeOf(answer: { answer: unknown } | undefined) {
  const messages: string[] = [];
  const findings = noFindings();
  const person = {
    wait: () => Promise.resolve(answer),
    say: (text: string) => messages.push(text),
  };
  const meeting = { person, gitlab: { url: 'https://gitlab.com' }, findings };
  const guide = new Guide(meeting as unknown as ConstructorParameters<typeof Guide>[0]);
  expect(await projectAnswer('g/p', FORM, guide)).toBeUndefined();
  return { messages, unchecked: [...findings.unchecked] };
}

const UNCHECKED = ['whether g/p is there, and its id'];

test('Esc does not report that a project is not there', async () => {
  expect(await outcomeOf(undefined)).toEqual({ messages: [], unchecked: UNCHECKED });
});

test('a project that the token does not see is reported', async () => {
  expect(await outcomeOf({ answer: 'absent' })).toEqual({
    messages: ['The token sees no project g/p.'],
    unchecked: UNCHECKED,
  });
});
