import { cpSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { committedFiles, filesIn, goldenFolder } from '../support/builders/goldens.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const { LATE } = (await import(new URL('../../scripts/chunks.mjs', import.meta.url).href)) as {
  LATE: readonly string[];
};

const scratchFolder = scratchFolders();
const FLAGS = ['--yes', '--project', 'mygroup/myproject=20', '--s3-read', 'my-bucket'];
const FILE = ['--config', resolve(goldenFolder('quickstart'), 'gitlab-aws-oidc.yaml')];

test.each([
  ['flags', FLAGS],
  ['an answers file', FILE],
])(
  'a first run with %s, for one account, loads no code for questions, accounts or who may assume a role',
  (_, args) => {
    const folder = scratchFolder();
    const program = join(folder, 'program');
    cpSync(dirname(PROGRAM), program, { recursive: true });
    for (const name of LATE) rmSync(join(program, `${name}.js`));
    execFileSync(process.execPath, [join(program, 'cli.js'), 'out', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
    expect(filesIn(join(folder, 'out'))).toEqual(committedFiles('quickstart'));
  },
);
