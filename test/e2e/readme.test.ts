import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { documentedRuns, runAsWritten } from '../support/builders/documented-runs.ts';
import { committedFiles, filesIn } from '../support/builders/goldens.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const [quickstart, install] = documentedRuns('README.md');

test('in a clone the quickstart of the README writes the example, and its tarball is installed', () => {
  const folder = scratchFolder();
  const clone = join(folder, 'clone');
  const prefix = join(folder, 'prefix');
  cloneTo(clone);
  const environment = {
    npm_config_prefix: prefix,
    npm_config_cache: join(folder, 'cache'),
    PATH: [join(prefix, 'bin'), process.env['PATH']].join(delimiter),
  };
  // The clone's packages are those of this folder: npm may look at them and change nothing.
  const dry = { ...environment, npm_config_dry_run: 'true' };
  expect(runAsWritten(quickstart?.command ?? '', clone, dry)).toMatchObject({ exitCode: 0 });
  expect(filesIn(join(clone, 'my-oidc'))).toEqual(committedFiles('quickstart'));

  expect(runAsWritten(install?.command ?? '', clone, environment)).toMatchObject({ exitCode: 0 });
  expect(runAsWritten('create-gitlab-aws-oidc --version', folder, environment)).toMatchObject({
    printed: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

/** A copy of this repository as git would clone it, with what is installed. */
function cloneTo(target: string): void {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = spawnSync('git', listed, { encoding: 'utf8' });
  for (const path of stdout.split('\0').filter((one) => one !== '' && !one.startsWith('test/'))) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    cpSync(path, join(target, path));
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(target, 'node_modules'));
}
