import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SharedCli, type CliRun } from './shared-cli.ts';

const sharedCli = SharedCli.found();

/** The environment of tools in tests: no calls home, no color, no configuration file that is not there. */
function toolEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: config, ...rest } = process.env;
  return {
    ...rest,
    ...(config !== undefined && existsSync(config) ? { TF_CLI_CONFIG_FILE: config } : {}),
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
    TF_CLI_ARGS: '-no-color',
    ...extra,
  };
}

/** Runs a command to its end; rejects with everything it printed when it fails. Calls of the AWS CLI load it once. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = toolEnvironment(environment);
  const { exitCode, stdout, stderr } =
    command === 'aws' && sharedCli
      ? await sharedCli.run(args, cwd, env)
      : await runAlone(command, args, cwd, env);
  if (exitCode === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
}

function runAlone(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<CliRun> {
  return new Promise((resolve) => {
    const options = { cwd, env, maxBuffer: 2 ** 28 };
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ exitCode: error ? 1 : 0, stdout, stderr: stderr || (error?.message ?? '') });
    });
  });
}
