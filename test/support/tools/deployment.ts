import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adminEnvironment } from './administrator.ts';
import type { MotoServer } from '../stand-ins/moto-server.ts';
import { run } from './run.ts';
import { terraformInit } from './terraform.ts';

/** A line of `terraform plan -json`. @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface PlanMessage {
  readonly type: string;
  readonly change?: { readonly action: string; readonly resource: { readonly addr: string } };
}

/** Overrides whatever state backend a configuration names. */
export const LOCAL_STATE = 'terraform {\n  backend "local" {}\n}\n';

/** Terraform's HCL of a repository, deployed to a stand-in for AWS, with a state beside it. */
export class Deployment {
  readonly #folder: string;

  constructor(
    repository: string,
    private readonly aws: MotoServer,
  ) {
    this.#folder = join(repository, 'terraform');
  }

  async init(): Promise<void> {
    writeFileSync(join(this.#folder, 'backend_override.tf'), LOCAL_STATE);
    await terraformInit(this.#folder, { backend: true });
  }

  async apply(): Promise<void> {
    await this.#terraform('apply', '-auto-approve', '-input=false');
  }

  async destroy(): Promise<void> {
    await this.#terraform('destroy', '-auto-approve', '-input=false', '-refresh=false');
  }

  /** What `terraform plan` would do, such as `update aws_iam_role.deploy`, sorted; nothing for what stays. */
  async plan(): Promise<string[]> {
    const lines = (await this.#terraform('plan', '-input=false', '-json')).trim().split('\n');
    return lines
      .map((line) => JSON.parse(line) as PlanMessage)
      .flatMap(({ type, change }) =>
        type === 'planned_change' && change ? [`${change.action} ${change.resource.addr}`] : [],
      )
      .sort();
  }

  /** The roles of the repository, name to ARN. */
  async roleArns(): Promise<Record<string, string>> {
    return JSON.parse(await this.#terraform('output', '-json', 'role_arns')) as Record<
      string,
      string
    >;
  }

  #terraform(...args: string[]): Promise<string> {
    return run('terraform', args, this.#folder, adminEnvironment(this.aws.url));
  }
}
