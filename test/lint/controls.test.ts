import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { requestOf } from '../../src/access/witness.ts';
import { issuerOfUrl } from '../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import { parseShaped } from '../../src/iam/evaluate/policy-shape.ts';
import { estateOf } from '../../src/lint/estate.ts';
import { findingsOf, lint } from '../../src/lint/lint.ts';
import { allButThese, controlAround, deniesIn } from '../access/near-controls.ts';
import { GITLAB_COM, policyAround, read, token } from '../access/near-policies.ts';
import { runs } from '../support/tools/runs.ts';
import { allowedOf } from './around-a-token.ts';
import { ONLY_ACME } from '../support/builders/only-acme.ts';

/** What lint finds of roles whose account has an RCP. */

const RUNS = runs(200);

const around = token.chain((claims) =>
  fc.record({
    policy: policyAround(claims).map(read),
    control: controlAround(claims),
    tokens: fc.array(token, { minLength: 4, maxLength: 4 }).map((more) => [claims, ...more]),
  }),
);

test(`every token that a finding shows is accepted under the RCP, ${RUNS} times`, () => {
  let shown = 0;
  fc.assert(
    fc.property(around, ({ policy, control: { document, about } }) => {
      const both = [policy, allButThese(about)].map((one) => preparePolicy(one));
      for (const { id, path, witness } of lint(policy, { denies: deniesIn(document) }).findings) {
        if (!witness) continue;
        shown++;
        const request = requestOf(witness, issuerOfUrl(witness.claims['iss'] ?? ''));
        const allowed = both.every((one) => isAllowed(one, request));
        expect({ id, path, witness, allowed }).toEqual({ id, path, witness, allowed: true });
      }
    }),
    { numRuns: RUNS },
  );
  // An agreement about nothing proves nothing.
  expect(shown).toBeGreaterThan(RUNS / 20);
}, 3_600_000);

/** Policies of one statement about one principal: the only ones of which "admits nobody" is about the whole. */
const aroundByOneStatement = around
  .map(({ policy, ...more }) => ({
    ...more,
    policy: { ...policy, statements: policy.statements.slice(0, 1) },
  }))
  .filter(
    ({ policy: { statements } }) =>
      statements[0]?.effect === 'Allow' && statements[0].principal.entries.length === 1,
  );

test(`a role that a token may assume under the RCP is not reported to admit nobody, ${RUNS} times`, () => {
  let admitting = 0;
  fc.assert(
    fc.property(aroundByOneStatement, ({ policy, control: { document, about }, tokens }) => {
      const allowed = allowedOf(allButThese(about), allowedOf(policy, tokens, {}), {});
      if (allowed.length === 0) return;
      admitting++;
      const { findings } = lint(policy, { denies: deniesIn(document) });
      expect(findings.filter(({ id }) => id === 'OIDC035')).toEqual([]);
    }),
    { numRuns: RUNS },
  );
  expect(admitting).toBeGreaterThan(RUNS / 50);
}, 3_600_000);

test('what is found of one policy of a shape holds for another only where the RCP says the same of both', () => {
  const guard = { Version: '2012-10-17', Statement: [ONLY_ACME] };
  const estate = estateOf(() => true);
  const found = (path: string, denies: ReturnType<typeof deniesIn>) => {
    const parsed = parseShaped({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: GITLAB_COM },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { 'gitlab.com:sub': `project_path:${path}:ref_type:branch:ref:main` },
          },
        },
      ],
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return findingsOf(parsed.policy, { estate, denies }).findings.map(({ id }) => id);
  };
  const denies = deniesIn(guard);
  expect(
    ['acme/web', 'evil/web', 'acme/api', 'evil/api'].map((path) => found(path, denies)),
  ).toEqual([['OIDC101'], ['OIDC035'], ['OIDC101'], ['OIDC035']]);
  expect(found('evil/web', [])).toEqual(['OIDC101']);
});
