import { symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { adminEnvironment } from './administrator.ts';
import { LOCAL_STATE } from './deployment.ts';
import type { MotoServer } from '../stand-ins/moto-server.ts';
import { run } from './run.ts';
import { mirrorSettings, providerMirror } from './terraform.ts';
import { unpinProvider } from './unpinned.ts';

/** What runs an app: the command, and the libraries beside it. */
export interface Kit {
  readonly modules: string;
  readonly command: string;
  /** Environment that the command needs, such as a newer Node. */
  readonly environment?: Record<string, string>;
}

const CDKTF: Kit = {
  modules: resolve('node_modules'),
  command: resolve('node_modules/.bin/cdktf'),
};
const STACK = 'cdktf.out/stacks/gitlab-oidc';

/** The app of a repository, deployed to a stand-in for AWS by the real cdktf, or the command that the kit has. */
export class CdktfApp {
  readonly #folder: string;
  readonly #command: string;
  readonly #environment: Record<string, string>;

  constructor(repository: string, aws: MotoServer, kit = CDKTF) {
    symlinkSync(kit.modules, join(repository, 'node_modules'));
    this.#folder = repository;
    this.#command = kit.command;
    this.#environment = {
      ...adminEnvironment(aws.url),
      CI: 'true',
      ...mirrorSettings(repository),
      ...kit.environment,
    };
  }

  /** Synthesizes, puts the state on this machine, and deploys. */
  async deploy(): Promise<void> {
    await this.#cdk('synth');
    writeFileSync(join(this.#folder, STACK, 'backend_override.tf'), LOCAL_STATE);
    if (providerMirror()) await unpinProvider(join(this.#folder, STACK, 'cdk.tf.json'));
    await this.#cdk('deploy', '--skip-synth', '--auto-approve', '--skip-provider-lock');
  }

  #cdk(...args: string[]): Promise<string> {
    return run(this.#command, args, this.#folder, this.#environment);
  }
}
