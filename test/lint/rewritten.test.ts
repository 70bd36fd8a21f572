import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { baselineText, findingKey, keyText, readBaseline } from '../../src/lint/gate/baseline.ts';
import { applyGate } from '../../src/lint/gate/gate.ts';
import { NO_SETTINGS } from '../../src/lint/gate/settings.ts';
import { lint } from '../../src/lint/lint.ts';
import { allowing, policyAround, read, token } from '../access/near-policies.ts';
import { choices, recased, reordered } from '../access/rewritten.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(200);
const ROLE = { account: '123456789012', name: 'deploy' };
const documents = token.chain(policyAround);

/** What lint says of a policy, but for places. */
function reportOf(document: unknown) {
  const { grade, judged, findings } = lint(read(document));
  return { grade, judged, ids: findings.map(({ id }) => id).sort() };
}

test(`neither order nor lists of one change what a baseline accepts, ${RUNS} times`, () => {
  let accepted = 0;
  fc.assert(
    fc.property(documents, choices, (document, drawn) => {
      const before = lint(read(document));
      const text = baselineText(before.findings.map((one) => findingKey(one, ROLE)));
      const baseline = readBaseline(JSON.parse(text), () => 'baseline.json');
      const other = reordered(document, drawn);
      const after = lint(read(other));
      const gated = applyGate([{ key: ROLE, findings: after.findings }], {
        settings: NO_SETTINGS,
        baseline,
        today: '2027-01-31',
      });
      const open = gated.roles.flatMap(({ findings }) =>
        findings
          .filter(({ status }) => status === 'open')
          .map((one) => keyText(findingKey(one, ROLE))),
      );
      accepted += after.findings.length;
      const { grade, judged } = after;
      expect({ document, other, grade, judged, open, fixed: gated.fixed }).toEqual({
        document,
        other,
        grade: before.grade,
        judged: before.judged,
        open: [],
        fixed: [],
      });
    }),
    { numRuns: RUNS },
  );
  expect(accepted).toBeGreaterThan(RUNS / 2);
}, 3_600_000);

test(`the letter case of operators and keys changes no finding, ${RUNS} times`, () => {
  fc.assert(
    fc.property(documents, choices, (document, drawn) => {
      const other = recased(document, drawn);
      expect({ document, other, ...reportOf(other) }).toEqual({
        document,
        other,
        ...reportOf(document),
      });
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test('an id that is compared as text and as a number is pinned, whichever comes first', () => {
  const conditions: [string, object][] = [
    ['NumericEquals', { 'gitlab.com:user_id': 20 }],
    ['StringEqualsIgnoreCase', { 'gitlab.com:user_id': '20' }],
  ];
  const idsOf = (some: typeof conditions) =>
    lint(allowing(Object.fromEntries(some))).findings.map(({ id }) => id);
  expect(idsOf(conditions)).toEqual(idsOf(conditions.toReversed()));
  expect(idsOf(conditions)).not.toContain('OIDC001');
});
