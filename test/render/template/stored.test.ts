import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { committedFiles, filesIn, goldenFolder, GOLDENS } from '../../support/builders/goldens.ts';
import { run } from '../../support/tools/program.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const newFolder = scratchFolders();

test.each(GOLDENS)('the built program, whose templates are in a file, writes %s', async (name) => {
  const folder = newFolder();
  const answers = resolve(goldenFolder(name), 'gitlab-aws-oidc.yaml');
  const { exitCode, stderr } = await run([name, '--yes', '--config', answers], folder);
  expect([exitCode, stderr]).toEqual([0, '']);
  const written = filesIn(join(folder, name));
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(committedFiles(name)));
});
