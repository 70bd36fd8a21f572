import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessOf } from '../../src/access/access-of.ts';
import { covers } from '../../src/access/questions.ts';
import type { Witness } from '../../src/access/witness.ts';
import { contextOf } from '../../src/iam/condition-keys.ts';
import { runs } from '../support/tools/runs.ts';
import { simulated } from '../support/tools/simulated.ts';
import { GITLAB_COM, policyAround, read, token } from './near-policies.ts';

const RUNS = runs(150);

/** The other evaluator knows no host's sub and aud but a few; Google's stand for them. */
const KNOWN_KEYS: Readonly<Record<string, string>> = {
  'gitlab.com:sub': 'accounts.google.com:sub',
  'gitlab.com:aud': 'accounts.google.com:aud',
  ...Object.fromEntries(
    [
      'project_id',
      'namespace_id',
      'ref_protected',
      'pipeline_source',
      'runner_environment',
      'user_access_level',
      'user_login',
      'user_id',
    ].map((claim) => [`gitlab.com:${claim}`, `gitlab.com:${claim}`]),
  ),
};

interface Statement {
  readonly Principal: unknown;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Document {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

/** The policy with those of its conditions that both evaluators know: texts, under keys that have one value. */
function expressible({ Version, Statement }: Document): Document {
  const knownIn = (keys: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(keys).filter(([key]) => key in KNOWN_KEYS));
  return {
    Version,
    // An AWS principal that is a provider's ARN is one that AWS rejects and the other evaluator takes.
    Statement: Statement.filter(({ Principal }) => !JSON.stringify(Principal).includes('AWS')).map(
      (one) => ({
        ...one,
        Condition: Object.fromEntries(
          Object.entries(one.Condition)
            .filter(([operator]) => operator.startsWith('String'))
            .map(([operator, keys]) => [operator, knownIn(keys)]),
        ),
      }),
    ),
  };
}

function renamed(document: Document): unknown {
  const text = JSON.stringify(document);
  return JSON.parse(
    Object.entries(KNOWN_KEYS).reduce(
      (all, [key, known]) => all.replaceAll(`"${key}":`, `"${known}":`),
      text,
    ),
  );
}

async function allowsWitness(document: Document, { claims }: Witness): Promise<boolean> {
  const context = Object.fromEntries(
    Object.entries(contextOf('gitlab.com', claims)).map(([key, value]) => [
      KNOWN_KEYS[key] ?? key,
      value,
    ]),
  );
  return (await simulated(renamed(document), GITLAB_COM, context)) === 'Allowed';
}

const documents = token
  .chain((claims) => fc.tuple(policyAround(claims), policyAround(claims)))
  .map((pair) => pair.map((one) => expressible(one as Document)));

test(`another evaluator agrees with every token that is shown, ${RUNS} times`, async () => {
  const seen = { granted: 0, gained: 0 };
  await fc.assert(
    fc.asyncProperty(documents, async ([document, other]) => {
      if (!document?.Statement.length || !other?.Statement.length) return;
      const [trust, wide] = [{ policy: read(document) }, { policy: read(other) }];
      for (const { provider, witness } of accessOf(trust).grants) {
        if (provider !== GITLAB_COM || witness.unread.length > 0) continue;
        seen.granted++;
        expect({ witness, allowed: await allowsWitness(document, witness) }).toEqual({
          witness,
          allowed: true,
        });
      }
      const proof = covers(wide, trust);
      if (proof.holds !== 'no' || proof.witness.provider !== GITLAB_COM) return;
      seen.gained++;
      const { witness } = proof;
      expect({
        witness,
        allowed: [await allowsWitness(document, witness), await allowsWitness(other, witness)],
      }).toEqual({ witness, allowed: [true, false] });
    }),
    { numRuns: RUNS },
  );
  // An agreement about nothing proves nothing.
  expect(Object.entries(seen).filter(([, times]) => times < 10)).toEqual([]);
  if (process.env['RUNS']) console.log(seen);
}, 3_600_000);
