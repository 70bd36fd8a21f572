import { symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ADMIN, LOCAL_STATE } from './deployment.ts';
import type { MotoServer } from './moto-server.ts';
import { run } from './run.ts';
import { mirrorSettings, providerMirror } from './terraform.ts';
import { unpinProvider } from './unpinned.ts';

const CDKTF = resolve('node_modules/.bin/cdktf');
const STACK = 'cdktf.out/stacks/gitlab-oidc';

/** The CDKTF app of a repository, deployed to a stand-in for AWS by the real cdktf. */
export class CdktfApp {
  readonly #folder: string;
  readonly #environment: Record<string, string>;

  constructor(repository: string, aws: MotoServer) {
    symlinkSync(resolve('node_modules'), join(repository, 'node_modules'));
    this.#folder = repository;
    this.#environment = {
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: ADMIN.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ADMIN.secretAccessKey,
      CI: 'true',
      ...mirrorSettings(repository),
    };
  }

  /** Synthesises, puts the state on this machine, and deploys. */
  async deploy(): Promise<void> {
    await this.#cdktf('synth');
    writeFileSync(join(this.#folder, STACK, 'backend_override.tf'), LOCAL_STATE);
    if (providerMirror()) await unpinProvider(join(this.#folder, STACK, 'cdk.tf.json'));
    await this.#cdktf('deploy', '--skip-synth', '--auto-approve', '--skip-provider-lock');
  }

  #cdktf(...args: string[]): Promise<string> {
    return run(CDKTF, args, this.#folder, this.#environment);
  }
}
