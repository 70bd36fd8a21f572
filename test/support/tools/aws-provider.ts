import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { providerMirror } from './terraform.ts';

const PLATFORM = 'linux_amd64';

/**
 * The AWS provider, started once for many commands of Terraform, which each would start it several times.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode
 */
export class AwsProvider {
  private constructor(
    private readonly process: ChildProcess,
    /** What makes Terraform use it. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  /**
   * @param environment where AWS is, and who one is there
   * @returns `undefined` where there is no mirror of providers: Terraform then brings its own
   */
  static async start(
    environment: Readonly<Record<string, string>> = {},
  ): Promise<AwsProvider | undefined> {
    const file = providerFile();
    if (file === undefined) return undefined;
    // It takes the machine's own CAs only once, and AWS is on this machine.
    const { AWS_CA_BUNDLE: _, ...machine } = process.env;
    const child = spawn(file, ['-debug'], {
      env: { ...machine, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const [, value] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line) ?? [];
      if (value === undefined) continue;
      child.stdout.resume();
      return new AwsProvider(child, { TF_REATTACH_PROVIDERS: value });
    }
    throw new Error(`${file} did not start`);
  }

  async stop(): Promise<void> {
    const exit = once(this.process, 'exit');
    if (this.process.kill('SIGKILL')) await exit;
  }
}

/** The program of the newest version that the mirror has unpacked. */
function providerFile(): string | undefined {
  const mirror = providerMirror();
  if (mirror === undefined) return undefined;
  const versions = join(mirror, 'registry.terraform.io/hashicorp/aws');
  const [newest = ''] = readdirSync(versions).sort((a, b) =>
    b.localeCompare(a, 'en', { numeric: true }),
  );
  const folder = join(versions, newest, PLATFORM);
  const name = readdirSync(folder).find((one) => one.startsWith('terraform-provider-aws_v'));
  return name === undefined ? undefined : join(folder, name);
}
