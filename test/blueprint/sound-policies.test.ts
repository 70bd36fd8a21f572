import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answers, Role } from '../../src/answers/schema.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import type { Blueprint } from '../../src/blueprint/blueprint.ts';
import { lintFactsOf, roleContextsOf } from '../../src/blueprint/policies.ts';
import { isSound, SOUND_POLICIES } from '../../src/blueprint/sound-policies.ts';
import { parsePolicy } from '../../src/iam/evaluate/parse-policy.ts';
import { shapeOfPolicy } from '../../src/iam/evaluate/policy-shape.ts';
import { lintContextOf } from '../../src/lint/lint-context.ts';
import { lint } from '../../src/lint/lint.ts';
import { findingsAboutRole } from '../../src/lint/role-rules.ts';
import { nearbyAnswers } from '../support/builders/answers-nearby.ts';
import { answers, role, SELF_MANAGED } from '../support/builders/answers.ts';
import { blueprintOfGolden, GOLDENS } from '../support/builders/goldens.ts';
import { runs } from '../support/tools/runs.ts';

const PROVIDER = {
  issuers: ['gitlab.com'],
  providerUrl: 'https://gitlab.com',
  clientIds: ['https://gitlab.com'],
  thumbprints: [],
  ciAudience: 'https://gitlab.com',
};

test.each(SOUND_POLICIES)('lint has nothing to say of %s', (text) => {
  const parsed = parsePolicy(JSON.parse(text), '');
  if (!parsed.ok) throw new Error('it is not a policy');
  expect(lint(parsed.policy, PROVIDER)).toEqual({
    findings: [],
    judged: 1,
    grade: 'safe',
    reasons: [],
  });
});

const PINNED = { projects: [{ path: 'acme/web', id: 20 }] };

/** One role for each of the policies, in their order. */
const OF_EACH: readonly Role['refs'][] = [
  { branches: ['main'], protected_only: true },
  { branches: ['main'] },
  { tags: ['v1'], protected_only: true },
  { branches: ['main', 'stable'], protected_only: true },
  { branches: ['main', 'stable'] },
  { tags: ['v1', 'v2'], protected_only: true },
  { branches: ['main'], tags: ['v1'], protected_only: true },
];

test('they are the policies of these roles, in whatever account', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{12}$/), (account_id) => {
      const roles = OF_EACH.map((refs, at) => role({ ...PINNED, name: `role-${at}`, refs }));
      const made = rolesOf(
        blueprintOf(answers({ aws: { region: 'eu-west-1', account_id }, roles })),
      );
      expect(made.map(({ sound }) => sound)).toEqual(OF_EACH.map(() => true));
      const shapes = made.map(({ trust }) =>
        shapeOfPolicy(trust)?.shape.key.replace(account_id, '123456789012'),
      );
      expect(shapes).toEqual(SOUND_POLICIES);
    }),
    { numRuns: runs(10) },
  );
});

describe('no other is taken for one', () => {
  test.each<[string, Partial<Answers>, Partial<Role>]>([
    ['a project without its ID', {}, { projects: [{ path: 'acme/web' }] }],
    ['a tag that anyone may push', {}, { refs: { tags: ['v1'] } }],
    ['a pattern', {}, { refs: { branches: ['release/*'], protected_only: true } }],
    ['another instance', { gitlab: SELF_MANAGED }, {}],
    ['another audience', { gitlab: { url: 'https://gitlab.com', audience: 'aws' } }, {}],
    ['a thumbprint', { provider: { mode: 'create', thumbprints: ['a'.repeat(40)] } }, {}],
    [
      'another partition',
      { aws: { region: 'cn-north-1', partition: 'aws-cn', account_id: '123456789012' } },
      {},
    ],
  ])('%s', (_, given, change) => {
    const roles = [role({ ...PINNED, ...change })];
    expect(rolesOf(blueprintOf(answers({ ...given, roles }))).map(({ sound }) => sound)).toEqual([
      false,
    ]);
  });
});

test.each(GOLDENS)('with it, lint says the same of %s', (golden) => {
  expectSame(blueprintOfGolden(golden));
});

test('with it, lint says the same of any role', () => {
  fc.assert(
    fc.property(nearbyAnswers(), (both) => {
      for (const one of both) expectSame(blueprintOf(one));
    }),
    { numRuns: runs(30) },
  );
});

test('a provider of another account is none of theirs', () => {
  const [one] = rolesOf(
    blueprintOf(
      answers({ aws: { region: 'eu-west-1', account_id: '111111111111' }, roles: [role(PINNED)] }),
    ),
  );
  if (!one) throw new Error('there is no role');
  const elsewhere = { ...one.context, account: '222222222222' };
  expect([isSound(one.trust, one.context), isSound(one.trust, elsewhere)]).toEqual([true, false]);
});

test('what is wrong with such a role itself is still reported', () => {
  const change = {
    ...PINNED,
    session_duration: 7200,
    permissions: {
      inline_policies: [
        {
          name: 'passes',
          policy: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }],
          },
        },
      ],
    },
  };
  const { notices } = blueprintOf(answers({ roles: [role(change)] }));
  expect(notices.map(({ text }) => text.slice(0, 7))).toEqual(
    expect.arrayContaining(['OIDC110', 'OIDC112']),
  );
});

function rolesOf(blueprint: Blueprint) {
  const facts = lintFactsOf(blueprint);
  return roleContextsOf(blueprint).map((one) => {
    const context = lintContextOf(one, facts);
    return { trust: one.trust, context, sound: isSound(one.trust, context) };
  });
}

function expectSame(blueprint: Blueprint): void {
  for (const { trust, context, sound } of rolesOf(blueprint))
    if (sound) expect(findingsAboutRole(trust, context)).toEqual(lint(trust, context).findings);
}
