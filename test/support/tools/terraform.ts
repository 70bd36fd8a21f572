import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

/** A resource as Terraform sees it. */
interface Resource {
  readonly address: string;
  readonly values: Record<string, unknown>;
}

/** What Terraform makes of a configuration: resources by address, and outputs. */
export interface State {
  readonly resources: Record<string, Record<string, unknown>>;
  readonly outputs: Record<string, unknown>;
}

/**
 * A folder of provider packages, where this machine has one; without it Terraform asks its registry.
 * `scripts/jest-providers.mjs` finds it.
 */
export function providerMirror(): string | undefined {
  return process.env['TERRAFORM_MIRROR'];
}

/** Settings of Terraform's own that name that folder, for programs that hand it no flags and no variables of ours. */
export function mirrorSettings(folder: string): Record<string, string> {
  const mirror = providerMirror();
  if (mirror === undefined) return {};
  const file = join(folder, 'terraform.rc');
  const path = JSON.stringify(mirror);
  writeFileSync(
    file,
    `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`,
  );
  const { TF_DISABLE_PLUGIN_TLS: isPlain } = process.env;
  return {
    TF_CLI_CONFIG_FILE: file,
    ...(isPlain !== undefined && { TF_DISABLE_PLUGIN_TLS: isPlain }),
  };
}

interface Init {
  /** Whether the state is kept, where the configuration says. */
  readonly backend?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function terraformInit(
  folder: string,
  { backend = false, environment = {} }: Init = {},
): Promise<void> {
  const mirror = providerMirror();
  const plugins = mirror === undefined ? [] : [`-plugin-dir=${mirror}`];
  const args = ['init', `-backend=${backend}`, '-input=false', ...plugins];
  await run('terraform', args, folder, environment);
}

const ACCOUNT = '123456789012';

/** Stands in for AWS: what AWS would choose is the same for every configuration. */
const MOCK = `
mock_provider "aws" {
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::${ACCOUNT}:oidc-provider/mock", id = "mock" }
  }
  mock_data "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::${ACCOUNT}:oidc-provider/mock", id = "mock", client_id_list = [], thumbprint_list = [], tags = {} }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::${ACCOUNT}:role/mock", id = "mock", unique_id = "mock", create_date = "mock", name_prefix = "mock" }
  }
  mock_resource "aws_iam_role_policy" {
    defaults = { id = "mock", name_prefix = "mock" }
  }
  mock_resource "aws_iam_role_policy_attachment" {
    defaults = { id = "mock" }
  }
}
`;

const REQUIRES_AWS = `terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
`;

/**
 * Applies each of a folder's configurations to a stand-in for AWS, in one run of Terraform, and gives the states that
 * it keeps.
 *
 * @param names the folders below `root`, one configuration each
 */
export async function appliedStates(
  root: string,
  names: readonly string[],
): Promise<Map<string, State>> {
  const applies = names.map(
    (name) =>
      `run "${labelOf(name)}" {\n  command = apply\n  module {\n    source = "./${name}"\n  }\n}\n`,
  );
  await writeFile(join(root, 'main.tf'), REQUIRES_AWS);
  await writeFile(join(root, 'states.tftest.hcl'), MOCK + applies.join(''));
  await terraformInit(root);
  const lines = await run('terraform', ['test', '-verbose', '-json'], root);
  const states = lines
    .split('\n')
    .filter((line) => line.includes('"test_state"'))
    .map((line) => JSON.parse(line) as { '@testrun': string; test_state: TestState });
  const byLabel = new Map(states.map((line) => [line['@testrun'], stateOf(line.test_state)]));
  return new Map(
    names.flatMap((name) => {
      const state = byLabel.get(labelOf(name));
      return state ? [[name, state]] : [];
    }),
  );
}

/** A run is called as its folder is, in letters that Terraform takes. */
function labelOf(name: string): string {
  return name.replaceAll('/', '_');
}

function stateOf(state: TestState): State {
  return {
    resources: Object.fromEntries(
      resourcesIn(state.root_module ?? {}).map(({ address, values }) => [
        address,
        Object.fromEntries(Object.entries(values).map(([key, value]) => [key, document(value)])),
      ]),
    ),
    outputs: Object.fromEntries(
      Object.entries(state.outputs ?? {}).map(([name, { value }]) => [name, value]),
    ),
  };
}

/** Those of a module and of the modules that it calls; the module and the number of a resource are not part of what it is. */
function resourcesIn({ resources = [], child_modules = [] }: Module): Resource[] {
  const called = child_modules.flatMap(resourcesIn).map(({ address, values }) => ({
    address: address.replace(/^module\.[^.]+\./, '').replace(/\[0\]$/, ''),
    values,
  }));
  return [...resources, ...called];
}

interface Module {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly Module[];
}

interface TestState {
  readonly root_module?: Module;
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** A policy document is what it says, not how its JSON is spelt. */
function document(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : value;
}
