import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { PROGRAM } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

test('in an empty current folder, the first command that comes next brings the shell to the files', () => {
  const cwd = join(scratchFolder(), 'out');
  mkdirSync(cwd);
  const printed = execFileSync(
    'sh',
    [
      '-c',
      '"$0" "$1" . --yes --project g/p --output hcl && cd . && cat .gitignore',
      process.execPath,
      PROGRAM,
    ],
    { cwd, encoding: 'utf8' },
  );
  expect(printed).toMatch(/files to \.; next:\n {2}cd \.\n/);
  expect(printed).toContain('.terraform/');
});
