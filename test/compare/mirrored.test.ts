import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Inventory, RoleContext } from '../../src/access/role-context.ts';
import { compareTrusts } from '../../src/compare/compare.ts';
import {
  compareInventories,
  type RoleDifference,
  totalsOf,
} from '../../src/compare/compare-inventories.ts';
import type { FactChange, ProviderChange } from '../../src/compare/facts.ts';
import {
  allButThese,
  controlAround,
  deniesIn,
  ROLE_ARN,
  roleAround,
} from '../access/near-controls.ts';
import { policyAround, read, request, token } from '../access/near-policies.ts';
import { choices, recased, reordered } from '../access/rewritten.ts';
import { allowedOf } from '../lint/around-a-token.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(200);
const PLACE = { file: 'roles.json', path: '' };
const ACCOUNT = '123456789012';

const statementOf = (Action: string) => ({ Statement: { Effect: 'Allow', Action, Resource: '*' } });
const audiences = fc.constantFrom(undefined, ['https://gitlab.com'], ['sts.amazonaws.com', 'x']);

/** What an input knows of a role, apart from its trust policy; each of it may be unknown. */
const facts = fc.record(
  {
    maxSessionDuration: fc.constantFrom(3600, 7200),
    policies: fc.subarray([
      { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      { name: 'deploy', document: statementOf('s3:*') },
      { name: 'state', document: statementOf('s3:GetObject') },
    ]),
    boundary: fc.constantFrom({ name: 'boundary' }, { arn: `arn:aws:iam::${ACCOUNT}:policy/b` }),
  },
  { requiredKeys: [] },
);

const providers = fc
  .array(fc.tuple(fc.constantFrom('gitlab.com', 'gitlab.example.com'), audiences), { maxLength: 2 })
  .map((drawn) =>
    [...new Map(drawn)].map(([issuer, clientIds]) => ({
      arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`,
      url: `https://${issuer}`,
      place: PLACE,
      ...(clientIds && { clientIds }),
    })),
  );

/** Two inputs, with up to two roles each, around one token. */
const inputs: fc.Arbitrary<[Inventory, Inventory]> = token.chain((claims) => {
  const role = (name: string) =>
    fc
      .tuple(roleAround(claims, 2), facts, providers)
      .map(([{ policy: trust, controls }, known, ofRole]): RoleContext => ({
        ...known,
        controls,
        arn: ROLE_ARN,
        key: { account: ACCOUNT, name },
        label: name,
        name,
        place: PLACE,
        trustPlace: PLACE,
        trust,
        providers: ofRole,
      }));
  const side = fc
    .tuple(role('deploy'), fc.option(role('plan'), { nil: undefined }), providers)
    .map(([deploy, plan, all]): Inventory => ({
      roles: plan ? [deploy, plan] : [deploy],
      providers: all,
      policies: [],
      unreadable: [],
    }));
  return fc.tuple(side, side);
});

const OPPOSITE: Readonly<Record<string, string>> = {
  gains: 'loses',
  loses: 'gains',
  looser: 'stricter',
  stricter: 'looser',
  added: 'removed',
  removed: 'added',
  gained: 'lost',
  lost: 'gained',
};
const opposite = (word: string) => OPPOSITE[word] ?? word;
const sorted = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();
/** A reason names the statements of the earlier policy first, each with its side. */
const sortedReasons = (reasons: RoleDifference['reasons'], side: (name: string) => string) =>
  sorted(
    reasons.map((one) =>
      'statements' in one
        ? { ...one, statements: [...(one.statements ?? [])].map(side).sort() }
        : one,
    ),
  );
const otherSide = (name: string) =>
  name.replace(/(before|after)$/, (side) => (side === 'before' ? 'after' : 'before'));

/** What the same change comes to when it is taken back. */
function mirrored({ key, change, gains, loses, effects, facts: all, reasons }: RoleDifference) {
  return {
    key,
    change: opposite(change),
    gains: loses,
    loses: gains,
    effects: sorted(effects.map((one) => ({ ...one, kind: opposite(one.kind) }))),
    facts: sorted(all.map(mirroredFact)),
    reasons: sortedReasons(reasons, otherSide),
  };
}

function mirroredFact(fact: FactChange) {
  const direction = opposite(fact.direction);
  if (fact.on === 'policy') return { ...fact, change: opposite(fact.change), direction };
  return { ...fact, before: fact.after, after: fact.before, direction };
}

function mirroredProvider(one: ProviderChange) {
  if (one.on === 'provider') return { ...one, change: opposite(one.change) };
  return one.on === 'audiences' ? { ...one, added: one.removed, removed: one.added } : one;
}

/** The same as {@link mirrored}, of the change itself. */
function plain({ key, change, gains, loses, effects, facts: all, reasons }: RoleDifference) {
  return {
    key,
    change,
    gains,
    loses,
    effects: sorted(effects),
    facts: sorted(all),
    reasons: sortedReasons(reasons, (name) => name),
  };
}

const byName = (a: { key: { name: string } }, b: { key: { name: string } }) =>
  a.key.name < b.key.name ? -1 : 1;

test(`what one direction gains the other loses, ${RUNS} times`, () => {
  const seen = { gains: 0, audiences: 0, facts: 0 };
  fc.assert(
    fc.property(inputs, ([before, after]) => {
      const there = compareInventories(before, after);
      const back = compareInventories(after, before);
      seen.gains += there.roles.filter(({ gains }) => gains === 'yes').length;
      seen.audiences += there.providers.filter(({ on }) => on === 'audiences').length;
      seen.facts += there.roles.flatMap((role) => role.facts).length;
      expect(back.roles.map(plain).sort(byName)).toEqual(there.roles.map(mirrored).sort(byName));
      expect(sorted(back.providers)).toEqual(sorted(there.providers.map(mirroredProvider)));
    }),
    { numRuns: RUNS },
  );
  // An agreement about nothing proves nothing.
  expect(Object.entries(seen).filter(([, times]) => times < RUNS / 100)).toEqual([]);
  if (process.env['RUNS']) console.log(seen);
}, 3_600_000);

test(`an input compared with itself has no change, ${RUNS} times`, () => {
  fc.assert(
    fc.property(inputs, ([input]) => {
      const comparison = compareInventories(input, input);
      expect(totalsOf(comparison)).toEqual({
        gains: 'no',
        loses: 'no',
        permissions: 'no',
        changes: false,
      });
      expect(comparison.roles.flatMap(({ effects, facts: all }) => [...effects, ...all])).toEqual(
        [],
      );
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

const NONE = { nobodyGains: { holds: 'yes' }, nobodyLoses: { holds: 'yes' } };

test(`neither order, lists of one nor letter case change who may assume a role, ${RUNS} times`, () => {
  const drawn = token.chain((claims) =>
    fc.tuple(
      policyAround(claims),
      fc.option(
        controlAround(claims).map((one) => one.document),
        { freq: 2 },
      ),
      fc.array(token, { minLength: 4, maxLength: 4 }).map((more) => [claims, ...more]),
      request,
      choices,
    ),
  );
  fc.assert(
    fc.property(drawn, ([document, rcp, tokens, more, how]) => {
      for (const change of [reordered, recased]) {
        const other = change(document, how);
        const [policy, rewritten] = [read(document), read(other)];
        expect(allowedOf(rewritten, tokens, more)).toEqual(allowedOf(policy, tokens, more));
        const { nobodyGains, nobodyLoses } = compareTrusts(
          { policy, denies: rcp ? deniesIn(rcp) : [] },
          { policy: rewritten, denies: rcp ? deniesIn(change(rcp, how)) : [] },
        );
        const both = { document, rcp, other };
        expect({ ...both, nobodyGains, nobodyLoses }).toEqual({ ...both, ...NONE });
      }
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

test(`one more Allow takes nothing away, one more Deny gives nothing, ${RUNS} times`, () => {
  const seen = { gains: 0, loses: 0, byRcp: 0 };
  const drawn = token.chain((claims) =>
    fc.tuple(roleAround(claims, 2), policyAround(claims).map(read), controlAround(claims)),
  );
  fc.assert(
    fc.property(drawn, ([{ policy, denies }, other, { about, document }]) => {
      const trust = { policy, denies };
      const more = { policy, denies: [...denies, ...deniesIn(document)] };
      const underMore = compareTrusts(trust, more);
      expect({ trust, more, holds: underMore.nobodyGains.holds }).toMatchObject({ holds: 'yes' });
      if (underMore.nobodyLoses.holds === 'no') seen.byRcp++;
      const [, denying] = allButThese(about).statements;
      for (const added of [other.statements[0], denying]) {
        if (!added) continue;
        const after = { ...policy, statements: [...policy.statements, added] };
        const compared = compareTrusts(trust, { policy: after, denies });
        const [same, open] =
          added.effect === 'Allow'
            ? [compared.nobodyLoses, compared.nobodyGains]
            : [compared.nobodyGains, compared.nobodyLoses];
        expect({ trust, added, holds: same.holds }).toEqual({ trust, added, holds: 'yes' });
        if (open.holds === 'no') seen[added.effect === 'Allow' ? 'gains' : 'loses']++;
      }
    }),
    { numRuns: RUNS },
  );
  expect(Object.entries(seen).filter(([, times]) => times < RUNS / 100)).toEqual([]);
  if (process.env['RUNS']) console.log(seen);
}, 3_600_000);

test(`where nobody gains by either of two changes, nobody gains by both, ${RUNS} times`, () => {
  let chained = 0;
  // Policies that share their statements are often within each other.
  const three = token.chain((claims) =>
    fc
      .tuple(
        fc.array(policyAround(claims).map(read), { minLength: 3, maxLength: 3 }),
        fc.array(fc.subarray([0, 1, 2, 3, 4, 5]), { minLength: 3, maxLength: 3 }),
        controlAround(claims).map((one) => deniesIn(one.document)),
      )
      .map(([policies, chosen, denies]) => {
        const all = policies.flatMap(({ statements }) => statements);
        return chosen.map((places, at) => ({
          policy: {
            version: '2012-10-17' as const,
            statements: places.flatMap((one) => all[one] ?? []),
            size: 0,
          },
          // A statement of the RCP each time, and more of them later.
          denies: denies.slice(0, at),
        }));
      }),
  );
  fc.assert(
    fc.property(three, ([first, second, third]) => {
      if (!first || !second || !third) return;
      const gains = (trust: typeof first, other: typeof first) =>
        compareTrusts(trust, other).nobodyGains.holds;
      if (gains(first, second) !== 'yes' || gains(second, third) !== 'yes') return;
      chained++;
      expect({ first, second, third, both: gains(first, third) }).not.toMatchObject({ both: 'no' });
    }),
    { numRuns: RUNS },
  );
  expect(chained).toBeGreaterThan(RUNS / 20);
}, 3_600_000);
