import { expect, jest, test } from '@jest/globals';
import { command, type Command } from '../../src/commands/record.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { READERS } from '../../src/aws/inputs/index.ts';
import type { Reader } from '../../src/aws/inputs/reader.ts';
import { RULES } from '../../src/lint/rules.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { trustPolicy } from '../iam/trust-policy.ts';
import { allow, GITLAB_COM, MAIN, policy } from '../iam/vectors/vector.ts';

/** What a contributor would write in `src/lint/rules`. */
const noSid: Rule = {
  id: 'OIDC199',
  name: 'no-sid',
  severity: 'warning',
  harm: 'weakens',
  summary: 'A statement has no Sid',
  why: 'A report cannot name it',
  example: 'Two statements look alike',
  fix: 'Give it a Sid',
  check: ({ statements }) =>
    statements.length > 0 ? [{ path: 'Statement[0]', message: 'it has no Sid' }] : [],
};

/** A folder in `src/commands`: the record, with a flag. */
let waved: unknown;
const wave: Command = command({
  name: 'wave',
  summary: 'wave at somebody',
  about: 'Waves at somebody.',
  usage: ['wave NAME [flags]'],
  examples: [{ line: 'wave Ada' }],
  arguments: [{ name: 'name' }],
  flags: { times: { value: 'N', help: 'so many times', default: '1' } },
  exits: { 0: 'done' },
  run: ({ times }, [name]) => {
    waved = { name, times };
    return Promise.resolve(0);
  },
});

/** What a contributor would write in `src/aws/inputs`. */
const trustExport: Reader = {
  recognizes: (value) => 'exportedTrust' in value,
  read: (value, at, into) => {
    const trust = value['exportedTrust'];
    into.role(at, { label: 'exported', trust, trustAt: [...at, 'exportedTrust'] });
  },
};

// The lines in the indexes.
jest.unstable_mockModule('../../src/lint/rules.ts', () => ({ RULES: [...RULES, noSid] }));
jest.unstable_mockModule('../../src/commands/index.ts', () => ({
  COMMANDS: { ...COMMANDS, wave: () => Promise.resolve(wave) },
  COMMAND_NAMES: [...Object.keys(COMMANDS), 'wave'],
  isCommandName: (word: string) => word === 'wave' || Object.hasOwn(COMMANDS, word),
  allCommands: () => Promise.resolve([wave]),
}));
jest.unstable_mockModule('../../src/aws/inputs/index.ts', () => ({
  READERS: [...READERS, trustExport],
}));

const { lint } = await import('../../src/lint/lint.ts');
const { readArguments } = await import('../../src/commands/arguments.ts');
const { helpOn } = await import('../../src/commands/help/help.ts');
const { completionScript } = await import('../../src/commands/completion/script.ts');
const { cliPage } = await import('../support/builders/cli-page.ts');
const { readInventory } = await import('../../src/aws/inputs/read-inputs.ts');

const TRUST = policy(
  allow(GITLAB_COM, {
    StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:aud': 'https://gitlab.com' },
  }),
);

test('a lint rule is checked and graded from its file and its line in the list', () => {
  const { findings } = lint(trustPolicy(TRUST));
  expect(findings).toContainEqual(expect.objectContaining({ id: 'OIDC199', fix: 'Give it a Sid' }));
});

test('a command and its flag are parsed, in the help, on the page and completed from its record', async () => {
  const { values, words } = readArguments(wave, ['Ada', '--times', '3']);
  await wave.run(values, words);
  expect(waved).toEqual({ name: 'Ada', times: '3' });
  expect(await helpOn('wave')).toMatch(/--times N +so many times \[1\]/);
  expect(await helpOn(undefined)).toContain('wave at somebody');
  expect(await cliPage()).toContain('## wave');
  expect(await completionScript('bash')).toContain('--times');
});

test('an input format is recognized by its reader and its line in the list', () => {
  const text = JSON.stringify({ exportedTrust: TRUST });
  const { roles, unreadable } = readInventory([{ file: 'export.json', text, isFound: false }]);
  expect(unreadable).toEqual([]);
  expect(roles).toMatchObject([{ label: 'exported' }]);
});
