import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenFolder } from '../builders/goldens.ts';
import { writeProject } from './git-project.ts';

const CI_FILE = 'ci/assume-role.gitlab-ci.yml';

/**
 * Makes a folder an application's project: it includes a golden's file and has jobs of its own.
 *
 * @param jobs the rest of its `.gitlab-ci.yml`
 */
export function writeApplication(folder: string, golden: string, jobs: string): void {
  writeProject(folder, {
    [CI_FILE]: readFileSync(join(goldenFolder(golden), CI_FILE), 'utf8'),
    '.gitlab-ci.yml': `include:\n  - local: ${CI_FILE}\n${jobs}`,
  });
}
