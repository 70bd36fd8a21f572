import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RoleKey } from '../../../src/access/role-context.ts';
import { parsePolicy } from '../../../src/iam/evaluate/parse-policy.ts';
import { baselineText, findingKey, readBaseline } from '../../../src/lint/gate/baseline.ts';
import { applyGate } from '../../../src/lint/gate/gate.ts';
import { NO_SETTINGS, type Suppression } from '../../../src/lint/gate/settings.ts';
import { lint } from '../../../src/lint/lint.ts';
import type { LintContext } from '../../../src/lint/lint-context.ts';
import type { Finding } from '../../../src/lint/rule.ts';

const ROLE: RoleKey = { account: '123456789012', name: 'deploy' };
const TODAY = '2027-01-31';

const allow = (...subjects: string[]) => ({
  Effect: 'Allow',
  Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: {
    StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' },
    StringLike: { 'gitlab.com:sub': subjects },
  },
});
const EXACT = allow('project_path:acme/api:ref_type:branch:ref:main');
const GROUP = allow('project_path:acme/*:ref_type:branch:ref:main');

function findings(statements: readonly object[], context: LintContext = {}): readonly Finding[] {
  const parsed = parsePolicy({ Version: '2012-10-17', Statement: statements });
  if (!parsed.ok) throw new Error('not a policy');
  return lint(parsed.policy, context).findings;
}

/** The keys of the findings of some statements. */
function keys(statements: readonly object[], context?: LintContext) {
  return findings(statements, context).map((one) => findingKey(one, ROLE));
}

function gated(
  found: readonly Finding[],
  suppressions: readonly Suppression[],
  today = TODAY,
  key = ROLE,
) {
  const roles = [{ key, findings: found }];
  return applyGate(roles, {
    settings: { ...NO_SETTINGS, suppressions },
    baseline: undefined,
    today,
  });
}

const suppression = (fields: Partial<Suppression> = {}): Suppression => ({
  place: 'lint.yaml:3:5',
  rule: 'OIDC102',
  role: '123456789012/deploy',
  reason: 'moves to projects in March',
  expires: TODAY,
  ...fields,
});

describe('a baseline', () => {
  test('knows a finding again when statements or values are put before it', () => {
    const key = keys([GROUP]).find(({ rule }) => rule === 'OIDC102');
    expect(key).toEqual({
      rule: 'OIDC102',
      account: '123456789012',
      role: 'deploy',
      place: 'Statement.Condition.StringLike["gitlab.com:sub"]',
      about: '"project_path:acme/*:ref_type:branch:ref:main"',
    });
    expect(keys([EXACT, GROUP])).toContainEqual(key);
    const longer = allow(
      'project_path:acme/api:ref_type:branch:ref:main',
      'project_path:acme/*:ref_type:branch:ref:main',
    );
    expect(keys([longer])).toContainEqual(key);
  });

  test('knows a finding again when a single value becomes a list of it, or the reverse', () => {
    const misplaced = (subject: string | string[]) => ({
      ...EXACT,
      Condition: { StringEquals: { 'gitlab.com:aud': subject, 'gitlab.example.com:sub': subject } },
    });
    const single = keys([misplaced('project_path:acme/web')]);
    expect(single.map(({ place }) => place)).toContain(
      'Statement.Condition.StringEquals["gitlab.example.com:sub"]',
    );
    expect(keys([misplaced(['project_path:acme/web'])])).toEqual(single);
  });

  test('does not accept a wider value at the same place', () => {
    const ofRule = (subject: string) =>
      keys([allow(subject)]).filter(({ rule }) => rule === 'OIDC102');
    const [narrow] = ofRule('project_path:acme/web/*:ref_type:branch:ref:main');
    const [wide] = ofRule('project_path:acme/*:ref_type:branch:ref:main');
    expect(narrow).toBeDefined();
    expect(wide).toBeDefined();
    expect(wide).not.toEqual(narrow);
  });

  test('does not accept another inline policy of the same name', () => {
    const policy = (action: string) => ({
      name: 'deploy',
      document: { Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] },
    });
    const ofRule = (action: string) =>
      keys([EXACT], { attachedPolicies: [policy(action)] }).filter(
        ({ place }) => place === 'attachedPolicies',
      );
    expect(ofRule('iam:PassRole')).toHaveLength(1);
    expect(ofRule('iam:*')[0]).not.toEqual(ofRule('iam:PassRole')[0]);
  });

  test('is the same bytes for the same findings in any order, and is read as it was written', () => {
    const text = fc.string({ unit: 'binary' });
    const key = fc.record({ rule: text, account: text, role: text, place: text, about: text });
    fc.assert(
      fc.property(fc.array(key), (all) => {
        const written = baselineText(all);
        expect(baselineText([...all, ...all].reverse())).toBe(written);
        const read = readBaseline(JSON.parse(written), () => 'baseline.json');
        expect(baselineText(read)).toBe(written);
      }),
    );
  });

  test('accepts what it records, and reports what is fixed', () => {
    const now = findings([allow('project_path:acme/*:ref_type:branch:ref:*')]);
    const before = keys([GROUP]);
    const { roles, fixed } = applyGate([{ key: ROLE, findings: now }], {
      settings: NO_SETTINGS,
      baseline: before,
      today: TODAY,
    });
    expect(roles[0]?.findings.every(({ status }) => status === 'open')).toBe(true);
    expect(fixed).toEqual(before);
    const again = applyGate([{ key: ROLE, findings: findings([GROUP]) }], {
      settings: NO_SETTINGS,
      baseline: before,
      today: TODAY,
    });
    expect(again.roles[0]?.findings.map(({ status }) => status)).toEqual(
      before.map(() => 'baseline'),
    );
    expect(again.fixed).toEqual([]);
  });
});

describe('a suppression', () => {
  const found = findings([GROUP]);
  const statusOf = (result: ReturnType<typeof gated>) =>
    result.roles[0]?.findings.find(({ id }) => id === 'OIDC102')?.status;

  test('holds through its last day, and is reported from the next one on', () => {
    const last = gated(found, [suppression()]);
    expect(statusOf(last)).toBe('suppressed');
    expect(last).toMatchObject({ expired: [], unused: [] });
    const next = gated(found, [suppression()], '2027-02-01');
    expect(statusOf(next)).toBe('open');
    expect(next).toMatchObject({ expired: [suppression()], unused: [] });
  });

  test.each<[role: string, status: string]>([
    ['*/deploy', 'suppressed'],
    ['123456789012/dep*', 'suppressed'],
    ['*/*', 'suppressed'],
    ['210987654321/deploy', 'open'],
    ['*/deploy2', 'open'],
  ])('for %s: the finding is %s', (role, status) => {
    expect(statusOf(gated(found, [suppression({ role })]))).toBe(status);
  });

  test('of an account does not hold where the input does not know the account', () => {
    const unknown = { account: '*', name: 'deploy' };
    expect(statusOf(gated(found, [suppression()], TODAY, unknown))).toBe('open');
  });

  test('that no finding needs is reported', () => {
    const one = suppression({ rule: 'OIDC001' });
    expect(gated(found, [one]).unused).toEqual([one]);
  });
});

test('a rule that is off remains in the report as suppressed, and the grade is not touched', () => {
  const { roles } = applyGate([{ key: ROLE, grade: 'caution', findings: findings([GROUP]) }], {
    settings: { ...NO_SETTINGS, severity: new Map([['OIDC102', 'off']]) },
    baseline: undefined,
    today: TODAY,
  });
  expect(roles[0]?.grade).toBe('caution');
  expect(roles[0]?.findings.find(({ id }) => id === 'OIDC102')).toMatchObject({
    severity: 'warning',
    status: 'suppressed',
    reason: 'OIDC102 is off',
  });
});
