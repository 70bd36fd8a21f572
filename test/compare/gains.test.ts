import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Grant } from '../../src/access/grant.ts';
import type { Inventory } from '../../src/access/role-context.ts';
import { requestOf } from '../../src/access/witness.ts';
import { compareInventories } from '../../src/compare/compare-inventories.ts';
import { contextOf, issuerOfUrl } from '../../src/iam/condition-keys.ts';
import { admits, isExact } from '../access/admits.ts';
import { type DrawnRole, ROLE_ARN, roleAllows, roleAround } from '../access/near-controls.ts';
import { allowing, type Claims, request, token } from '../access/near-policies.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(1200);
const PLACE = { file: 'roles.json', path: '' };

/** One role of an account whose policies are drawn. */
function inventoryOf({ policy, controls }: Pick<DrawnRole, 'policy' | 'controls'>): Inventory {
  return {
    roles: [
      {
        key: { account: '123456789012', name: 'deploy' },
        label: 'deploy',
        place: PLACE,
        name: 'deploy',
        arn: ROLE_ARN,
        trust: policy,
        controls,
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

function allows(role: DrawnRole, claims: Claims, more: Readonly<Record<string, string>>): boolean {
  const issuer = issuerOfUrl(claims['iss'] ?? '');
  return roleAllows(role, {
    principal: providerOf(claims),
    context: { ...contextOf(issuer, claims), ...more },
  });
}

/** The only tokens that `admits` is about. */
function hasDefaultSubject({ sub, project_path, ref_type, ref }: Claims): boolean {
  return sub === `project_path:${project_path}:ref_type:${ref_type}:ref:${ref}`;
}

/** The role with its first statement open to every token, so that each of two roles admits some of the same tokens. */
function opened(role: DrawnRole): DrawnRole {
  const [first, ...others] = role.policy.statements;
  if (first === undefined) return role;
  const open = { ...first, effect: 'Allow' as const, conditions: [] };
  return { ...role, policy: { ...role.policy, statements: [open, ...others] } };
}

const changes = token.chain((claims) =>
  fc.record({
    // Where all have an RCP, most admit nobody.
    sides: fc
      .tuple(roleAround(claims, 2), roleAround(claims, 2), fc.nat(3))
      .map(([one, other, at]) => [one, at === 0 ? opened(one) : other] as const),
    tokens: fc.array(token, { minLength: 4, maxLength: 4 }).map((more) => [claims, ...more]),
    request,
  }),
);

test(`nobody gains where compare says so, and who it says gains does, ${RUNS} times`, () => {
  const seen = { gains: 0, none: 0, loses: 0, shown: 0, rest: 0, underRcp: 0, except: 0 };
  fc.assert(
    fc.property(changes, ({ sides: [before, after], tokens, request: more }) => {
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
        const [had, has] = [before, after].map((one) => roleAllows(one, asked));
        if (had !== has && before.about.length + after.about.length > 0) seen.underRcp++;
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
  const [role] = compareInventories(
    inventoryOf({ policy: before, controls: [] }),
    inventoryOf({ policy: allowing({}), controls: [] }),
  ).roles;
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
