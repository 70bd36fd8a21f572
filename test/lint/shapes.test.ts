import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessOf } from '../../src/access/access-of.ts';
import { parsePolicy } from '../../src/iam/evaluate/parse-policy.ts';
import { parseShaped, shapeOfPolicy } from '../../src/iam/evaluate/policy-shape.ts';
import { type Estate, estateOf, mayBeGitlab } from '../../src/lint/estate.ts';
import type { LintContext } from '../../src/lint/lint-context.ts';
import { lint, type LintReport } from '../../src/lint/lint.ts';
import { policyAround, token } from '../access/near-policies.ts';
import { namingPolicy } from '../iam/evaluate/naming-policies.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(300);

const isGitlab = (issuer: string) => /^gitlab\./i.test(issuer);

/** Each policy is analyzed by itself, whatever was found of others. */
const ALONE: Estate = {
  isGitlab,
  accessOf: (trust) => accessOf(trust, isGitlab),
  accessOfAny: (trust) => accessOf(trust, mayBeGitlab),
};

const context: fc.Arbitrary<LintContext> = fc
  .record({
    clientIds: fc.constantFrom(undefined, ['https://gitlab.com'], ['a', 'b']),
    roleName: fc.constantFrom(undefined, 'deploy', 'not/a/name'),
    maxSessionDuration: fc.constantFrom(undefined, 3600, 43_200, 1),
    trustPolicyQuota: fc.constantFrom(undefined, 300),
    attachedPolicies: fc.constantFrom(
      undefined,
      [{ arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
      [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
      [
        {
          name: 'a',
          document: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
        },
        { name: 'b', document: { Statement: { Effect: 'Allow', Action: 'iam:*', Resource: '*' } } },
      ],
    ),
  })
  .map(
    (fields) =>
      Object.fromEntries(
        Object.entries(fields).filter(([, value]) => value !== undefined),
      ) as LintContext,
  );

/** The claims of a witness with a policy's own names are made when somebody asks. */
function withClaims(report: LintReport): LintReport {
  const findings = report.findings.map((finding) => {
    const { witness } = finding;
    return witness ? { ...finding, witness: { ...witness, claims: witness.claims } } : finding;
  });
  return { ...report, findings };
}

test(`a role has the findings that its policy has by itself, ${RUNS} times`, () => {
  const among = estateOf(isGitlab);
  let withShape = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        { weight: 3, arbitrary: namingPolicy },
        { weight: 1, arbitrary: token.chain(policyAround) },
      ),
      context,
      (drawn, known) => {
        const document = drawn as Readonly<Record<string, unknown>>;
        const [shaped, alone] = [parseShaped(document), parsePolicy(document)];
        if (!shaped.ok || !alone.ok) return;
        if ((shapeOfPolicy(shaped.policy)?.names.paths.length ?? 0) > 0) withShape++;
        expect(withClaims(lint(shaped.policy, { ...known, estate: among }))).toEqual(
          lint(alone.policy, { ...known, estate: ALONE }),
        );
      },
    ),
    { numRuns: RUNS },
  );
  expect(withShape).toBeGreaterThan(RUNS / 10);
}, 3_600_000);
