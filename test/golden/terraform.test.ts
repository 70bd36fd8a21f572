import { beforeAll, describe, expect, test } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GOLDENS, goldenFolder } from '../support/goldens.ts';
import { eachOf, run } from '../support/run.ts';
import { appliedState, providerMirror, terraformInit, type State } from '../support/terraform.ts';
import { hasTool } from '../support/tools.ts';

const withTerraform = hasTool('terraform', 'see https://developer.hashicorp.com/terraform/install')
  ? describe
  : describe.skip;

/** Neither form's state backend is there in a test. */
const LOCAL_BACKEND = 'terraform {\n  backend "local" {}\n}\n';

const cdktfGoldens = GOLDENS.filter((name) => existsSync(join(goldenFolder(name), 'cdktf.json')));

withTerraform('every golden, in the eyes of the real tools', () => {
  let scratch = '';
  let hcl = new Map<string, State>();
  let cdktf = new Map<string, State>();

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'golden-'));
    hcl = await eachOf(GOLDENS, (name) => hclState(name, join(scratch, name)));
    cdktf = await eachOf(cdktfGoldens, (name) => cdktfState(name, scratch));
    await rm(scratch, { recursive: true });
  }, 180_000);

  test.each(GOLDENS)('the HCL of %s is formatted, initialises and is valid', (name) => {
    expect(Object.keys(hcl.get(name)?.resources ?? {})).not.toEqual([]);
  });

  test.each(cdktfGoldens)(
    '%s: CDKTF and HCL are the same resources, attribute by attribute',
    (name) => {
      expect(cdktf.get(name)?.resources).toEqual(hcl.get(name)?.resources);
      expect(cdktf.get(name)?.outputs).toEqual(hcl.get(name)?.outputs);
    },
  );

  test('the CDKTF apps compile under tsc --strict', async () => {
    await eachOf(cdktfGoldens, (name) =>
      run(resolve('node_modules/.bin/tsc'), ['-p', '.'], goldenFolder(name)),
    );
  }, 60_000);
});

/** @throws {Error} when `terraform fmt`, `init` or `validate` finds fault */
async function hclState(name: string, folder: string): Promise<State> {
  await cp(join(goldenFolder(name), 'terraform'), folder, { recursive: true });
  await run('terraform', ['fmt', '-check', '-diff'], folder);
  await terraformInit(folder);
  await run('terraform', ['validate'], folder);
  await writeFile(join(folder, 'override.tf'), LOCAL_BACKEND);
  return appliedState(folder);
}

/** @throws {Error} when `cdktf synth` finds fault */
async function cdktfState(name: string, scratch: string): Promise<State> {
  const output = join(scratch, `${name}-cdktf`);
  const cdktf = resolve('node_modules/.bin/cdktf');
  await run(cdktf, ['synth', '--output', output], goldenFolder(name));
  const stack = join(output, 'stacks/gitlab-oidc');
  if (providerMirror()) await unpinProvider(join(stack, 'cdk.tf.json'));
  await cp(join(scratch, name, '.terraform'), join(stack, '.terraform'), { recursive: true });
  await cp(join(scratch, name, '.terraform.lock.hcl'), join(stack, '.terraform.lock.hcl'));
  await writeFile(join(stack, 'override.tf'), LOCAL_BACKEND);
  return appliedState(stack);
}

interface Synthesised {
  readonly terraform: {
    readonly required_providers: { readonly aws: { readonly source: string } };
  };
}

/** A mirror may hold another version of the AWS provider than the one that CDKTF pins. */
async function unpinProvider(file: string): Promise<void> {
  const synthesised = JSON.parse(await readFile(file, 'utf8')) as Synthesised;
  const { source } = synthesised.terraform.required_providers.aws;
  const terraform = { ...synthesised.terraform, required_providers: { aws: { source } } };
  await writeFile(file, JSON.stringify({ ...synthesised, terraform }));
}
