import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Inventory } from '../../src/access/role-context.ts';
import type { Blueprint } from '../../src/blueprint/blueprint.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { differenceTo, inventoryOf } from '../../src/repository/deployed.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { inventoryOfRoots } from '../../src/repository/roots.ts';
import { answersOfAccounts } from '../support/builders/answers-of-accounts.ts';
import { synthesisedEach } from '../support/tools/synth.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(40);

type Texts = readonly (readonly [path: string, text: string])[];

function hclOf(blueprint: Blueprint): Texts {
  return [...renderGenerated(blueprint)].filter(([path]) => path.endsWith('.tf'));
}

function read(texts: Texts, blueprint: Blueprint, folder: string): Inventory {
  const files = texts.map(([file, text]) => ({ file, text, isFound: true }));
  return inventoryOfRoots(files, blueprint, (name) => `${folder}/${name}`);
}

/** What is different from what the answers say, if anything. */
function difference(found: Inventory, blueprint: Blueprint): unknown {
  return differenceTo(found, inventoryOf(blueprint), blueprint.issuer.prefix);
}

const keys = ({ roles }: Inventory) => roles.map(({ key }) => `${key.account}/${key.name}`).sort();

test(`the HCL grants in each account what the answers say, ${RUNS} times`, () => {
  fc.assert(
    fc.property(answersOfAccounts(), (given) => {
      const blueprint = blueprintOf(given);
      const found = read(hclOf(blueprint), blueprint, 'terraform/accounts');
      expect(keys(found)).toEqual(keys(inventoryOf(blueprint)));
      expect(difference(found, blueprint)).toBeUndefined();
    }),
    { numRuns: RUNS },
  );
});

test(`any other text in a policy of the HCL is found, ${RUNS} times`, () => {
  fc.assert(
    fc.property(answersOfAccounts(), fc.nat(), (given, choice) => {
      const blueprint = blueprintOf(given);
      const texts = hclOf(blueprint);
      const places = texts.flatMap(([path, text]) => literalsOf(text).map((at) => ({ path, at })));
      const chosen = places[choice % places.length];
      const edited = texts.map(([path, text]): [string, string] => [
        path,
        path === chosen?.path ? `${text.slice(0, chosen.at)}x${text.slice(chosen.at)}` : text,
      ]);
      const found = read(edited, blueprint, 'terraform/accounts');
      expect(difference(found, blueprint)).toBeDefined();
    }),
    { numRuns: RUNS },
  );
});

/** The ends of all texts in policies. */
function literalsOf(text: string): number[] {
  return [...text.matchAll(/jsonencode\(\{[\s\S]*?\n {2}\}\)/g)].flatMap((policy) =>
    [...policy[0].matchAll(/"[^"\n]*"/g)].map(
      (literal) => policy.index + literal.index + literal[0].length - 1,
    ),
  );
}

describe('the app in TypeScript', () => {
  const apps = fc.sample(answersOfAccounts(), { numRuns: runs(6), seed: 7 });

  test(`grants in each account what the answers say, ${apps.length} times`, async () => {
    const blueprints = apps.map((answers) => blueprintOf(answers));
    const stacks = await synthesisedEach(blueprints.map(renderGenerated));
    for (const [at, blueprint] of blueprints.entries()) {
      const names = blueprint.stacks.map(({ name = '' }) => name).sort();
      const texts = names.map((name, index): [string, string] => [
        `cdktf.out/stacks/${name}/cdk.tf.json`,
        stacks[at]?.[index] ?? '',
      ]);
      const found = read(texts, blueprint, 'cdktf.out/stacks');
      expect(keys(found)).toEqual(keys(inventoryOf(blueprint)));
      expect(difference(found, blueprint)).toBeUndefined();
    }
  });
});
