import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Grant } from '../../src/access/grant.ts';
import type { Inventory } from '../../src/access/role-context.ts';
import { requestOf } from '../../src/access/witness.ts';
import { compareInventories } from '../../src/compare/compare-inventories.ts';
import { contextOf, issuerOfUrl } from '../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import type { TrustPolicy } from '../../src/iam/evaluate/policy.ts';
import { admits, isExact } from '../access/admits.ts';
import {
  allowing,
  type Claims,
  policyAround,
  read,
  request,
  token,
} from '../access/near-policies.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(300);
const PLACE = { file: 'roles.json', path: '' };

/** One role of an account whose policies are drawn. */
function inventoryOf(trust: TrustPolicy): Inventory {
  return {
    roles: [
      {
        key: { account: '123456789012', name: 'deploy' },
        label: 'deploy',
        place: PLACE,
        name: 'deploy',
        trust,
        trustPlace: PLACE,
        providers: [],
      },
    ],
    providers: [],
    policies: [],
    unreadable: [],
  };
}

function providerOf({ iss = '' }: Claims): string {
  return `arn:aws:iam::123456789012:oidc-provider/${issuerOfUrl(iss)}`;
}

function allows(
  policy: TrustPolicy,
  claims: Claims,
  more: Readonly<Record<string, string>>,
): boolean {
  const issuer = issuerOfUrl(claims['iss'] ?? '');
  return isAllowed(preparePolicy(policy), {
    principal: providerOf(claims),
    context: { ...contextOf(issuer, claims), ...more },
  });
}

/** The only tokens that `admits` is about. */
function hasDefaultSubject({ sub, project_path, ref_type, ref }: Claims): boolean {
  return sub === `project_path:${project_path}:ref_type:${ref_type}:ref:${ref}`;
}

const changes = token.chain((claims) =>
  fc.record({
    before: policyAround(claims).map(read),
    after: policyAround(claims).map(read),
    tokens: fc.array(token, { minLength: 4, maxLength: 4 }).map((more) => [claims, ...more]),
    request,
  }),
);

test(`nobody gains where compare says so, and who it says gains does, ${RUNS} times`, () => {
  const seen = { gains: 0, none: 0, loses: 0, shown: 0, rest: 0, except: 0 };
  fc.assert(
    fc.property(changes, ({ before, after, tokens, request: more }) => {
      const [role] = compareInventories(inventoryOf(before), inventoryOf(after)).roles;
      const gained = tokens.filter((one) => allows(after, one, more) && !allows(before, one, more));
      const lost = tokens.filter((one) => allows(before, one, more) && !allows(after, one, more));
      if (role?.gains === 'no') {
        seen.none++;
        expect(gained).toEqual([]);
      }
      if (role?.loses === 'no') expect(lost).toEqual([]);
      if (role?.gains === 'yes') seen.gains++;
      if (role?.loses === 'yes') seen.loses++;
      for (const { kind, grant, except, witness } of role?.effects ?? []) {
        seen.shown++;
        if (grant && (kind === 'gains' || kind === 'loses') && [grant, ...except].every(isExact)) {
          const isOf = (one: Grant, claims: Claims) =>
            admits(one, claims, providerOf(claims), more);
          const rest = tokens.filter(
            (claims) =>
              hasDefaultSubject(claims) &&
              isOf(grant, claims) &&
              !except.some((one) => isOf(one, claims)),
          );
          const otherSide = kind === 'gains' ? before : after;
          seen.rest += rest.length;
          seen.except += except.length;
          expect(rest.filter((claims) => allows(otherSide, claims, more))).toEqual([]);
        }
        const asked = requestOf(witness, issuerOfUrl(witness.claims['iss'] ?? ''));
        const [had, has] = [before, after].map((one) => isAllowed(preparePolicy(one), asked));
        const isGain = kind === 'gains' || kind === 'looser';
        expect({ kind, witness, had, has }).toEqual({ kind, witness, had: !isGain, has: isGain });
      }
    }),
    { numRuns: RUNS },
  );
  // An agreement about nothing proves nothing.
  const { except, ...often } = seen;
  expect(Object.entries(often).filter(([, times]) => times < RUNS / 20)).toEqual([]);
  expect(except).toBeGreaterThanOrEqual(Math.floor(RUNS / 100));
  if (process.env['RUNS']) console.log(seen);
}, 3_600_000);

test('who had access under a condition that cannot be read is excepted under that condition alone', () => {
  const tag = 'project_path:acme/web:ref_type:tag:ref:ref';
  const before = allowing({
    StringEquals: { 'gitlab.com:sub': tag },
    Bool: { 'gitlab.com:user_login': true },
  });
  const [role] = compareInventories(inventoryOf(before), inventoryOf(allowing({}))).roles;
  expect(role).toMatchObject({ gains: 'yes', loses: 'no' });
  const [effect, ...others] = role?.effects ?? [];
  expect(others).toEqual([]);
  expect(effect?.except).toMatchObject([
    {
      who: { path: 'acme/web' },
      refs: [{ type: 'tag', name: 'ref' }],
      limits: [{ on: 'unread', condition: 'Bool gitlab.com:user_login "true"' }],
    },
  ]);
});
