import { cpSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { committedFiles, filesIn, goldenFolder } from '../support/builders/goldens.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const { FIRST_RUN } = (await import(new URL('../../scripts/chunks.mjs', import.meta.url).href)) as {
  FIRST_RUN: readonly string[];
};

const scratchFolder = scratchFolders();
const FLAGS = ['--yes', '--project', 'mygroup/myproject=20', '--s3-read', 'my-bucket'];
const FILE = ['--config', resolve(goldenFolder('quickstart'), 'gitlab-aws-oidc.yaml')];

test.each([
  ['flags', FLAGS, []],
  ['an answers file (which needs the library for YAML)', FILE, ['files']],
])(
  'a first run with %s, for one account, loads no code for questions, accounts, GitLab, AWS or other commands',
  (_, args, further) => {
    const folder = scratchFolder();
    const program = join(folder, 'program');
    cpSync(dirname(PROGRAM), program, { recursive: true });
    const needed = [...FIRST_RUN, ...further].map((name) => `${name}.js`);
    const removed = readdirSync(program).filter(
      (file) => file.endsWith('.js') && !needed.includes(file),
    );
    for (const file of removed) rmSync(join(program, file));
    expect(removed.length).toBeGreaterThan(needed.length);
    execFileSync(process.execPath, [join(program, 'cli.js'), 'out', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
    expect(filesIn(join(folder, 'out'))).toEqual(committedFiles('quickstart'));
  },
);
