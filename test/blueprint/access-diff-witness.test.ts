import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { requestOf } from '../../src/access/witness.ts';
import { accessDiff } from '../../src/blueprint/access-diff/access-diff.ts';
import type { AccessChange } from '../../src/blueprint/access-diff/change.ts';
import type { Blueprint } from '../../src/blueprint/blueprint.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { roleContextsOf } from '../../src/blueprint/policies.ts';
import { issuerOfArn } from '../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import { answers, role } from '../support/builders/answers.ts';
import { drawnBlueprint, nearbyAnswers } from '../support/builders/answers-nearby.ts';
import { runs } from '../support/tools/runs.ts';

/** Whether a role of the answers, under one of its names, admits the token of a change. */
function admits(blueprint: Blueprint, { role: name, witness }: AccessChange): boolean {
  const found = roleContextsOf(blueprint).find(({ key }) => key.name === name);
  if (!found || !witness) return false;
  const issuer = issuerOfArn(witness.provider) ?? '';
  return isAllowed(preparePolicy(found.trust), requestOf(witness, issuer));
}

test('a token of a change is allowed on one side alone', () => {
  fc.assert(
    fc.property(nearbyAnswers(), ([one, other]) => {
      const [before, after] = [drawnBlueprint(one), drawnBlueprint(other)];
      // A role that gets another name, or an issuer that becomes another, has no such token.
      fc.pre(before.issuer.url === after.issuer.url);
      for (const change of accessDiff(before, after).changes) {
        if (change.kind !== 'gained' && change.kind !== 'lost') continue;
        const [allowed, denied] = change.kind === 'gained' ? [after, before] : [before, after];
        if (!change.witness || !roleContextsOf(allowed).some(({ name }) => name === change.role))
          continue;
        expect({ change, is: [admits(allowed, change), admits(denied, change)] }).toEqual({
          change,
          is: [true, false],
        });
      }
    }),
    { numRuns: runs(15) },
  );
});

test.each([
  ['gained', { refs: { branches: ['main'] } }, { refs: { branches: ['main', 'dev'] } }],
  ['lost', { refs: { branches: ['main', 'dev'] } }, { refs: { branches: ['main'] } }],
])('%s has a token with its ref', (kind, before, after) => {
  const [one, other] = [before, after].map((given) =>
    blueprintOf(answers({ roles: [role(given)] })),
  );
  const changes = one && other ? accessDiff(one, other).changes : [];
  expect(changes.map((change) => [change.kind, change.witness?.claims['sub']])).toEqual([
    [kind, 'project_path:acme/web:ref_type:branch:ref:dev'],
  ]);
});

test('a role that is new has a token that it admits', () => {
  const [one, other] = [[role()], [role(), role({ name: 'plan' })]].map((roles) =>
    blueprintOf(answers({ roles })),
  );
  const changes = one && other ? accessDiff(one, other).changes : [];
  const added = changes.find(({ kind }) => kind === 'role-added');
  expect(added?.witness?.claims['sub']).toBe('project_path:acme/web:ref_type:branch:ref:main');
});
