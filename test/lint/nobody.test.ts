import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isEmpty } from '../../src/access/questions.ts';
import { contextOf, issuerOfArn, issuerOfUrl } from '../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import { lint } from '../../src/lint/lint.ts';
import { policyAround, read, request, token } from '../access/near-policies.ts';
import { runs } from '../support/tools/runs.ts';

/** Each run is an access analysis of several statements. */
const RUNS = Math.min(runs(300), 20_000);

const around = token.chain((claims) =>
  fc.record({
    policy: policyAround(claims).map(read),
    tokens: fc.array(token, { minLength: 4, maxLength: 4 }).map((more) => [claims, ...more]),
    request,
  }),
);

test('a role that nobody may assume is not graded safe', () => {
  let empty = 0;
  fc.assert(
    fc.property(around, ({ policy }) => {
      if (isEmpty({ policy }).holds !== 'yes') return;
      empty++;
      expect(lint(policy).grade).not.toBe('safe');
    }),
    { numRuns: RUNS },
  );
  expect(empty).toBeGreaterThan(RUNS / 20);
});

test('no token is allowed by a provider of which lint says that none is', () => {
  let reported = 0;
  fc.assert(
    fc.property(around, ({ policy, tokens, request: more }) => {
      for (const { id, path } of lint(policy).findings) {
        if (id !== 'OIDC035') continue;
        reported++;
        const statement = policy.statements.find((one) => path.startsWith(`${one.path}.`));
        const entry = statement?.principal.entries.find((one) => one.path === path);
        const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
        const statements = statement ? [statement, ...denies] : [];
        const prepared = preparePolicy({ ...policy, statements });
        const issuer = entry && issuerOfArn(entry.value);
        const allowed = tokens.filter((claims) => {
          const own = issuerOfUrl(claims['iss'] ?? '');
          if (issuer !== undefined && own !== issuer) return false;
          const principal = entry?.value ?? `arn:aws:iam::123456789012:oidc-provider/${own}`;
          return isAllowed(prepared, {
            principal,
            context: { ...contextOf(own, claims), ...more },
          });
        });
        expect(allowed).toEqual([]);
      }
    }),
    { numRuns: RUNS },
  );
  expect(reported).toBeGreaterThan(0);
});
