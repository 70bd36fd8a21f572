import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { PROGRAM } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

const CREATE = 'npx create-gitlab-aws-oidc my-oidc --yes';

/** Commands of the README with what it says that they print. */
const EXAMPLES = [
  ...readFileSync('README.md', 'utf8').matchAll(/```sh\n([^`]+)```\n\n```text\n([^`]+)```/g),
].map(([, command = '', printed = '']) => ({ command, printed }));

/** Runs shell lines, with the built program in place of the published one. */
function printedBy(command: string, cwd: string): string {
  const script = command.replaceAll(
    'npx create-gitlab-aws-oidc',
    `'${process.execPath}' '${PROGRAM}'`,
  );
  const env = { ...process.env, NO_COLOR: '1' };
  return spawnSync('sh', ['-c', script], { cwd, env, encoding: 'utf8' }).stdout;
}

test('the README has an example of each main command', () => {
  const all = EXAMPLES.map(({ command }) => command).join('');
  for (const word of ['my-oidc --yes', 'explain', 'doctor', 'update', 'add project'])
    expect(all).toContain(word);
});

test.each(EXAMPLES)('the README says what this prints: $command', ({ command, printed }) => {
  const folder = scratchFolder();
  const [first = ''] = EXAMPLES.map((example) => example.command);
  expect(first).toContain(CREATE);
  if (command !== first) printedBy(first, folder);
  expect(printedBy(command, folder)).toContain(printed);
});
