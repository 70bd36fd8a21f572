import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

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

/** Runs a command to its end; rejects with everything it printed when it fails. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: toolEnvironment(environment), maxBuffer: 2 ** 28 };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`));
      else resolve(stdout);
    });
  });
}
