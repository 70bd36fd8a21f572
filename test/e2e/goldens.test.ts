import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  blueprintOfGolden,
  type GoldenRoot,
  GOLDENS,
  goldenFolder,
  rootsOf,
} from '../support/builders/goldens.ts';
import { run } from '../support/tools/run.ts';
import { appliedStates, providerMirror, type State } from '../support/tools/terraform.ts';
import { unpinProvider } from '../support/tools/unpinned.ts';
import { describeWith, terraform } from '../support/tools/required-tools.ts';

/** Those of CDK Terrain take libraries of their own: `test/e2e/cdk-terrain`. */
const cdktfGoldens = GOLDENS.filter((name) => blueprintOfGolden(name).cdk?.name === 'cdktf');

const roots = GOLDENS.flatMap(rootsOf);
const cdktfRoots = cdktfGoldens.flatMap(rootsOf);

/** As a path: the golden's name and, where it has several accounts, the account's folder. */
const pathOf = ({ golden, folder }: GoldenRoot) => join(golden, folder);

describeWith([terraform], 'every golden, in the eyes of the real tools', () => {
  let scratch = '';
  let hcl = new Map<string, State>();
  let cdktf = new Map<string, State>();

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'golden-'));
    for (const name of GOLDENS) {
      const folder = join(scratch, 'hcl', name);
      await cp(join(goldenFolder(name), 'terraform'), folder, { recursive: true });
    }
    await synthesize(join(scratch, 'cdktf'), cdktfGoldens);
    [hcl, cdktf] = await Promise.all([
      appliedStates(join(scratch, 'hcl'), roots.map(pathOf)),
      appliedStates(join(scratch, 'cdktf'), cdktfRoots.map(pathOf)),
    ]);
  });

  afterAll(async () => {
    await rm(scratch, { recursive: true });
  });

  test('the HCL of every golden is formatted', async () => {
    await run('terraform', ['fmt', '-check', '-diff', '-recursive', 'generated'], '.');
  });

  test.each(roots.map(pathOf))('the HCL of %s is valid and can be applied', (name) => {
    expect(Object.keys(hcl.get(name)?.resources ?? {})).not.toEqual([]);
  });

  test.each(cdktfRoots.map(pathOf))(
    '%s: CDKTF and HCL are the same resources, attribute by attribute',
    (name) => {
      expect(cdktf.get(name)).toBeDefined();
      expect(cdktf.get(name)?.resources).toEqual(hcl.get(name)?.resources);
      expect(cdktf.get(name)?.outputs).toEqual(hcl.get(name)?.outputs);
    },
  );

  test('the CDKTF apps compile with the settings that each brings', async () => {
    const settings = cdktfGoldens.map((name) =>
      readFileSync(join(goldenFolder(name), 'tsconfig.json'), 'utf8'),
    );
    expect(new Set(settings).size).toBe(1);
    const [first = ''] = cdktfGoldens;
    // One run for all, since reading the types of the AWS provider takes most of the time.
    const together = {
      extends: resolve(goldenFolder(first), 'tsconfig.json'),
      compilerOptions: { typeRoots: [resolve('node_modules/@types')] },
      include: cdktfGoldens.map((name) => resolve(goldenFolder(name), '**/*.ts')),
    };
    const file = join(scratch, 'tsconfig.json');
    await writeFile(file, JSON.stringify(together));
    await run(resolve('node_modules/.bin/tsc'), ['--noEmit', '-p', file], '.');
  });
});

/** Runs each app that a folder is given for, as `cdktf synth` does: in one process, which loads the libraries once. */
const SYNTH_EACH = `
const apps = JSON.parse(process.env.APPS);
for (const { app, output } of apps) {
  process.env.CDKTF_OUTDIR = output;
  process.chdir(app);
  require(app + '/main.ts');
}
`;

/** Synthesizes apps. @throws {Error} when cdktf's library finds fault */
async function synthesize(root: string, names: readonly string[]): Promise<void> {
  const apps = names.map((name) => ({
    name,
    app: resolve(goldenFolder(name)),
    output: join(root, `${name}-output`),
  }));
  for (const { output } of apps) await mkdir(output, { recursive: true });
  const script = join(root, 'synth-each.cjs');
  await writeFile(script, SYNTH_EACH);
  await run(resolve('node_modules/.bin/tsx'), [script], '.', { APPS: JSON.stringify(apps) });
  for (const { name, output } of apps) {
    for (const { folder: below, stack } of rootsOf(name)) {
      const folder = join(root, name, below);
      await cp(join(output, 'stacks', stack), folder, { recursive: true });
      if (providerMirror()) await unpinProvider(join(folder, 'cdk.tf.json'));
    }
  }
}
