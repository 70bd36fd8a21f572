import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where packages of this name are kept. */
export function packagesFolder(name: string): string {
  return join(tmpdir(), `create-gitlab-aws-oidc-${name}`);
}

/**
 * Installs packages that the project itself cannot have, once for all runs of the tests and outside the project.
 *
 * @returns whether they are there
 */
export function installPackages(folder: string, packages: readonly string[]): boolean {
  if (existsSync(folder)) return true;
  // The folder appears whole or not at all, so that an install that was cut short is not taken for one.
  const scratch = mkdtempSync(`${folder}-`);
  const { status } = spawnSync(
    'npm',
    ['install', '--prefix', scratch, '--no-audit', '--no-fund', '--fetch-retries=1', ...packages],
    { cwd: scratch },
  );
  if (status === 0 && !existsSync(folder)) renameSync(scratch, folder);
  else rmSync(scratch, { recursive: true });
  return existsSync(folder);
}
