import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideJob } from '../../src/access/job.ts';
import { contextOf } from '../../src/iam/condition-keys.ts';
import { decisionOf } from '../support/tools/simulated-call.ts';
import { runs } from '../support/tools/runs.ts';
import { type ControlDocument, controlAround, deniesIn, ROLE_ARN } from './near-controls.ts';
import { GITLAB_COM, read, token } from './near-policies.ts';

/** Decisions under RCPs, compared with an evaluator of somebody else's. */

const RUNS = runs(200);

/** The other evaluator knows the subject and the audience of a few hosts only; Google's stand for them. */
const KNOWN_KEYS = ['sub', 'aud'].map((claim) => [
  `gitlab.com:${claim}`,
  `accounts.google.com:${claim}`,
]);
const known = (text: string) =>
  KNOWN_KEYS.reduce(
    (all, [key = '', other = '']) => all.replaceAll(`"${key}":`, `"${other}":`),
    text,
  );
const renamed = (json: unknown): unknown => JSON.parse(known(JSON.stringify(json)));

/** The document with those of its conditions that both evaluators know. */
function expressible({ Version, Statement }: ControlDocument): ControlDocument {
  const keysOf = (keys: object) =>
    Object.fromEntries(Object.entries(keys).filter(([key]) => /^gitlab\.com:(sub|aud)$/.test(key)));
  return {
    Version,
    Statement: Statement.map((one) => ({
      ...one,
      Condition: Object.fromEntries(
        Object.entries(one['Condition'] as Record<string, object>)
          .filter(([operator]) => operator.startsWith('String'))
          .map(([operator, keys]) => [operator, keysOf(keys)]),
      ),
    })),
  };
}

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: GITLAB_COM },
      Action: 'sts:AssumeRoleWithWebIdentity',
    },
  ],
};

const drawn = token
  .filter(({ iss }) => iss === 'https://gitlab.com')
  .chain((claims) =>
    fc.record({
      claims: fc.constant(claims),
      document: controlAround(claims).map(({ document }) => expressible(document)),
    }),
  );

test(`another evaluator decides the same under RCPs, ${RUNS} times`, async () => {
  const seen = { allowed: 0, denied: 0 };
  await fc.assert(
    fc.asyncProperty(drawn, async ({ claims, document }) => {
      const context = renamed(contextOf('gitlab.com', claims)) as Record<string, string>;
      const decision = await decisionOf({
        principal: GITLAB_COM,
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: ROLE_ARN,
        context: {
          'accounts.google.com:sub': context['accounts.google.com:sub'] ?? '',
          'accounts.google.com:aud': context['accounts.google.com:aud'] ?? '',
        },
        trust: TRUST,
        rcp: renamed(document),
      });
      const own = decideJob({ policy: read(TRUST), denies: deniesIn(document) }, claims).decision;
      if (own === 'allowed' || own === 'denied') seen[own]++;
      expect({ document, own }).toEqual({
        document,
        own: decision === 'Allowed' ? 'allowed' : 'denied',
      });
    }),
    { numRuns: RUNS },
  );
  // An agreement about one answer proves nothing of the other.
  expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(RUNS / 20);
  if (process.env['RUNS']) console.log(seen);
}, 3_600_000);
