import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessOf } from '../../src/access/access-of.ts';
import { covers, isEmpty } from '../../src/access/questions.ts';
import { contextOf } from '../../src/iam/condition-keys.ts';
import { type DrawnRole, roleAllows, roleAround } from './near-controls.ts';
import { checkProjectPath } from '../../src/gitlab/project-path.ts';
import { checkRef } from '../../src/gitlab/ref.ts';
import { runs } from '../support/tools/runs.ts';
import { admits, isExact } from './admits.ts';
import { type Claims, GITLAB_COM, OWN_HOST, request, token } from './near-policies.ts';

const RUNS = runs(300);
const PROVIDERS: Readonly<Record<string, string>> = {
  'https://gitlab.com': GITLAB_COM,
  'https://gitlab.example.com': OWN_HOST,
};
const ACCOUNT = [
  { arn: GITLAB_COM, issuer: 'gitlab.com' },
  { arn: OWN_HOST, issuer: 'gitlab.example.com' },
];

function allowed(
  role: Pick<DrawnRole, 'policy' | 'about'>,
  claims: Claims,
  more: Readonly<Record<string, string>>,
): boolean {
  const issuer = (claims['iss'] ?? '').slice('https://'.length);
  return roleAllows(role, {
    principal: PROVIDERS[claims['iss'] ?? ''] ?? '',
    context: { ...contextOf(issuer, claims), ...more },
  });
}

const trustOf = ({ policy, denies }: DrawnRole) => ({ policy, denies, providers: ACCOUNT });

const around = token.chain((claims) =>
  fc.record({
    claims: fc.constant(claims),
    role: roleAround(claims),
    other: roleAround(claims),
    tokens: fc.array(token, { minLength: 4, maxLength: 4 }).map((more) => [claims, ...more]),
    request,
  }),
);

const seen = { empty: 0, admits: 0, covers: 0, gains: 0, inTable: 0, closed: 0, undetermined: 0 };

test(`the table and the evaluator say the same of a token, ${RUNS} times`, () => {
  fc.assert(
    fc.property(around, ({ role, tokens, request: more }) => {
      const { grants, undetermined } = accessOf(trustOf(role));
      if (undetermined.length > 0) {
        seen.undetermined++;
        return;
      }
      if (!grants.every(isExact)) return;
      for (const claims of tokens.filter((one) => hasDefaultSubject(one))) {
        const provider = PROVIDERS[claims['iss'] ?? ''] ?? '';
        const inTable = grants.some((grant) => admits(grant, claims, provider, more));
        if (inTable) seen.inTable++;
        if (!inTable && allowed({ ...role, about: [] }, claims, more)) seen.closed++;
        expect({ claims, inTable, grants }).toEqual({
          claims,
          inTable: allowed(role, claims, more),
          grants,
        });
      }
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test(`a role that nobody may assume admits no token, ${RUNS} times`, () => {
  fc.assert(
    fc.property(around, ({ role, tokens, request: more }) => {
      const proof = isEmpty(trustOf(role));
      if (proof.holds === 'yes') {
        seen.empty++;
        for (const claims of tokens) expect(allowed(role, claims, more)).toBe(false);
      }
      if (proof.holds === 'no') {
        seen.admits++;
        const { claims, request: own } = proof.witness;
        expect(allowed(role, claims, own)).toBe(true);
        expect(flawsOf(claims)).toEqual([]);
      }
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test(`a policy that covers another admits each of its tokens, ${RUNS} times`, () => {
  fc.assert(
    fc.property(around, ({ role, other, tokens, request: more }) => {
      const proof = covers(trustOf(role), trustOf(other));
      if (proof.holds === 'yes') {
        seen.covers++;
        for (const claims of tokens) {
          expect(allowed(other, claims, more) && !allowed(role, claims, more)).toBe(false);
        }
      }
      if (proof.holds === 'no') {
        seen.gains++;
        const { claims, request: own } = proof.witness;
        expect([allowed(other, claims, own), allowed(role, claims, own)]).toEqual([true, false]);
        expect(flawsOf(claims)).toEqual([]);
      }
    }),
    { numRuns: RUNS },
  );
  if (process.env['RUNS']) console.log(seen);
}, 3_600_000);

function hasDefaultSubject({ sub = '' }: Claims): boolean {
  return /^project_path:[^:]+:ref_type:[^:]+:ref:[^:]+$/.test(sub);
}

/** What keeps GitLab from writing such claims. */
function flawsOf(claims: Claims): string[] {
  const type = claims['ref_type'] === 'tag' ? 'tag' : 'branch';
  const [sub = '', path = '', ref = ''] = [claims['sub'], claims['project_path'], claims['ref']];
  const pieces = sub.split(':');
  const disagree = pieces.filter(
    (piece, at) => at % 2 === 1 && claims[pieces[at - 1] ?? ''] !== piece,
  );
  return [
    ...(/^project_(path|id):/.test(sub) ? [] : [`sub ${sub}`]),
    ...disagree.map((piece) => `${piece} of ${sub}`),
    ...(checkProjectPath(path) ? [`path ${path}`] : []),
    ...(checkRef({ type, name: ref }) ? [`ref ${ref}`] : []),
    ...['project_id', 'namespace_id', 'user_id'].filter(
      (id) => !/^[1-9]\d*$/.test(claims[id] ?? ''),
    ),
  ];
}

test(`the analysis never contradicts the evaluator, ${RUNS} times`, () => {
  fc.assert(
    fc.property(around, ({ role, other }) => {
      const trust = trustOf(role);
      const proofs = [isEmpty(trust), covers(trust, trustOf(other))];
      const reasons = [
        ...accessOf(trust).undetermined,
        ...proofs.flatMap((one) => (one.holds === 'undetermined' ? one.reasons : [])),
      ];
      expect(reasons.filter(({ kind }) => kind === 'contradiction')).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);
