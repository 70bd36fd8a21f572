import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessOf } from '../../src/access/access-of.ts';
import { covers } from '../../src/access/questions.ts';
import type { Trust } from '../../src/access/trust.ts';
import type { Witness } from '../../src/access/witness.ts';
import { contextOf } from '../../src/iam/condition-keys.ts';
import { runs } from '../support/tools/runs.ts';
import { decisionOf } from '../support/tools/simulated-call.ts';
import { controlAround, deniesIn, ROLE_ARN } from './near-controls.ts';
import { GITLAB_COM, policyAround, read, token } from './near-policies.ts';

const RUNS = runs(800);

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

/** The trust policy of a role and the RCP of its account. */
interface Role {
  readonly document: Document;
  readonly rcp: Document | undefined;
}

function trustOf({ document, rcp }: Role): Trust {
  return { policy: read(document), denies: rcp ? deniesIn(rcp) : [] };
}

async function allowsWitness({ document, rcp }: Role, { claims }: Witness): Promise<boolean> {
  const context = Object.fromEntries(
    Object.entries(contextOf('gitlab.com', claims)).map(([key, value]) => [
      KNOWN_KEYS[key] ?? key,
      String(value),
    ]),
  );
  const decision = await decisionOf({
    principal: GITLAB_COM,
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: ROLE_ARN,
    context,
    trust: renamed(document),
    ...(rcp && { rcp: renamed(rcp) }),
  });
  return decision === 'Allowed';
}

const roles = token.chain((claims) => {
  const role = fc
    .tuple(policyAround(claims), fc.option(controlAround(claims), { freq: 2 }))
    .map(([policy, control]): Role => ({
      document: expressible(policy as Document),
      rcp: control ? expressible(control.document as unknown as Document) : undefined,
    }));
  return fc.tuple(role, role);
});

test(`another evaluator agrees with every token that is shown, ${RUNS} times`, async () => {
  const seen = { granted: 0, gained: 0, byRcp: 0 };
  await fc.assert(
    fc.asyncProperty(roles, async ([role, other]) => {
      if (!role.document.Statement.length || !other.document.Statement.length) return;
      const [trust, wide] = [trustOf(role), trustOf(other)];
      for (const { provider, witness } of accessOf(trust).grants) {
        if (provider !== GITLAB_COM || witness.unread.length > 0) continue;
        seen.granted++;
        expect({ witness, allowed: await allowsWitness(role, witness) }).toEqual({
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
        allowed: [await allowsWitness(role, witness), await allowsWitness(other, witness)],
      }).toEqual({ witness, allowed: [true, false] });
      if (await allowsWitness({ ...other, rcp: undefined }, witness)) seen.byRcp++;
    }),
    { numRuns: RUNS },
  );
  // An agreement about nothing proves nothing.
  expect(Object.entries(seen).filter(([, times]) => times < 10)).toEqual([]);
  if (process.env['RUNS']) console.log(seen);
}, 3_600_000);
