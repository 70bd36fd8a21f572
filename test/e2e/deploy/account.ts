import { expect } from '@jest/globals';
import { cpSync } from 'node:fs';
import { providerOf, rolesOf } from '../../support/tools/blueprint-state.ts';
import { createProvider } from '../../support/tools/deployed-golden.ts';
import { blueprintOfGolden, goldenFolder } from '../../support/builders/goldens.ts';
import { IamState } from '../../support/tools/iam-state.ts';
import type { MotoServer } from '../../support/stand-ins/moto-server.ts';

/** moto's account. */
const ACCOUNT = '123456789012';

/** An empty account that a golden is deployed to. */
export class Account {
  readonly #blueprint;
  readonly #state: IamState;

  constructor(
    golden: string,
    private readonly aws: MotoServer,
  ) {
    this.#blueprint = blueprintOfGolden(golden);
    this.#state = new IamState(aws.url, this.#blueprint.stacks[0].aws.region);
  }

  /** Empties it, but for the OIDC provider that the golden takes for granted. */
  async prepare(): Promise<void> {
    await this.aws.reset();
    const { issuer, stacks } = this.#blueprint;
    const [{ aws, provider }] = stacks;
    if (provider.mode === 'existing') {
      await createProvider(this.aws.url, aws.region, issuer.url, issuer.audience);
    }
  }

  /** Expects it to have just what the golden's answers say. */
  async expectDeployed(): Promise<void> {
    expect(await this.#state.roles()).toEqual(rolesOf(this.#blueprint, ACCOUNT));
    expect(await this.#state.providers()).toEqual([providerOf(this.#blueprint)]);
  }

  /** Expects it to be as it was prepared. */
  async expectEmpty(): Promise<void> {
    const existing = this.#blueprint.stacks[0].provider.mode === 'existing';
    expect(await this.#state.roles()).toEqual([]);
    expect(await this.#state.providers()).toEqual(existing ? [providerOf(this.#blueprint)] : []);
  }
}

/** Copies a golden without what a build in its place may have left. */
export function copyOf(golden: string, folder: string): string {
  cpSync(goldenFolder(golden), folder, {
    recursive: true,
    filter: (path) => !/cdktf\.out|\.terraform/.test(path),
  });
  return folder;
}
