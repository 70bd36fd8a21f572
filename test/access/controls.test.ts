import { describe, expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import { controlsIn } from '../../src/access/controls.ts';
import { deniedByControls, deniedInWords } from '../../src/access/denied-by-controls.ts';
import { decideJob } from '../../src/access/job.ts';
import { covers, isEmpty } from '../../src/access/questions.ts';
import type { RoleContext } from '../../src/access/role-context.ts';
import { trustOf } from '../../src/access/trust.ts';
import { grantInWords, reasonInWords } from '../../src/access/words.ts';
import { controlOf, ROLE_ARN } from './near-controls.ts';
import { allowing } from './near-policies.ts';

const MAIN = 'project_path:acme/web:ref_type:branch:ref:main';
const TOKEN = { iss: 'https://gitlab.com', aud: 'https://gitlab.com', sub: MAIN };
const STRANGER = { ...TOKEN, sub: MAIN.replace('acme', 'evil') };
const PLACE = { file: 'role.json', path: '' };

/** A role that every project of gitlab.com may assume, in an account with RCPs. */
function role(controls: readonly unknown[], more: Partial<RoleContext> = {}): RoleContext {
  return {
    key: { account: '123456789012', name: 'deploy' },
    label: 'deploy',
    place: PLACE,
    trustPlace: PLACE,
    arn: ROLE_ARN,
    trust: allowing({ StringLike: { 'gitlab.com:sub': 'project_*' } }),
    providers: [],
    controls: controls.map((one) => controlOf(one)),
    ...more,
  };
}

const WEB_IDENTITY = {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Resource: '*',
};
const rcp = (...statements: object[]) => ({
  Version: '2012-10-17',
  Statement: statements.map((one) => ({ ...WEB_IDENTITY, ...one })),
});
const OUTSIDE = { Condition: { StringNotLike: { 'gitlab.com:sub': 'project_path:acme/*' } } };

const decided = (claims: typeof TOKEN, ...controls: unknown[]) =>
  decideJob(trustOf(role(controls)), claims).decision;

test('a token that the trust policy allows is denied where an RCP denies it', () => {
  expect(decided(STRANGER)).toBe('allowed');
  expect(decided(STRANGER, rcp(OUTSIDE))).toBe('denied');
  expect(decided(TOKEN, rcp(OUTSIDE))).toBe('allowed');
});

test('one of several RCPs is enough', () => {
  expect(decided(TOKEN, rcp(OUTSIDE), rcp({}))).toBe('denied');
});

test('the RCP of AWS, which allows everything, changes nothing', () => {
  expect(decided(TOKEN, rcp({ Effect: 'Allow', Action: '*' }))).toBe('allowed');
});

describe('the action of a statement', () => {
  test.each<[object, 'allowed' | 'denied']>([
    [{ Action: 'sts:*' }, 'denied'],
    [{ Action: ['s3:*', 'STS:assumerolewith*'] }, 'denied'],
    [{ Action: 'sts:AssumeRole' }, 'allowed'],
    [{ Action: 's3:*' }, 'allowed'],
  ])('%j: %s', (statement, decision) => {
    expect(decided(TOKEN, rcp(statement))).toBe(decision);
  });
});

describe('the resource of a statement, where the ARN of the role is known', () => {
  test.each<[object, 'allowed' | 'denied']>([
    [{ Resource: ROLE_ARN }, 'denied'],
    [{ Resource: ['arn:aws:s3:::x', 'arn:aws:iam::*:role/ci/*'] }, 'denied'],
    [{ Resource: 'arn:aws:iam::*:role/other' }, 'allowed'],
    [{ Resource: undefined, NotResource: 'arn:aws:iam::*:role/ci/*' }, 'allowed'],
    [{ Resource: undefined, NotResource: 'arn:aws:iam::*:role/other' }, 'denied'],
  ])('%j: %s', (statement, decision) => {
    expect(decided(TOKEN, JSON.parse(JSON.stringify(rcp(statement))))).toBe(decision);
  });
});

describe('keys of AWS', () => {
  // A call with a token is made without AWS credentials, so what they would bring is absent.
  test.each<[object, 'allowed' | 'denied' | 'undetermined']>([
    [{ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }, 'denied'],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'allowed'],
    [{ BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }, 'denied'],
    [{ Bool: { 'aws:PrincipalIsAWSService': 'true' } }, 'allowed'],
    [{ StringNotEquals: { 'aws:ResourceAccount': ['123456789012'] } }, 'allowed'],
    [{ StringEquals: { 'aws:ResourceAccount': '123456789012' } }, 'denied'],
    [{ StringNotEquals: { 'aws:ResourceAccount': '210987654321' } }, 'denied'],
    [{ StringEquals: { 'aws:ResourceOrgID': 'o-1' } }, 'undetermined'],
    [{ NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, 'undetermined'],
  ])('%j: %s', (Condition, decision) => {
    expect(decided(TOKEN, rcp({ Condition }))).toBe(decision);
  });
});

test('an RCP does not bind roles that are linked to a service', () => {
  const linked = { arn: 'arn:aws:iam::123456789012:role/aws-service-role/x.amazonaws.com/R' };
  expect(decideJob(trustOf(role([rcp({})], linked)), TOKEN).decision).toBe('allowed');
  const { arn: _, ...byPath } = role([rcp({})], { path: '/aws-service-role/x.amazonaws.com/' });
  expect(decideJob(trustOf(byPath), TOKEN).decision).toBe('allowed');
});

// Nobody but a service can make a role in that path, but anybody one below a path of their own.
test('an RCP binds a role whose path has the name of that path further down', () => {
  const path = '/team/aws-service-role/';
  const named = role([rcp({})], { arn: `arn:aws:iam::123456789012:role${path}R` });
  expect(decideJob(trustOf(named), TOKEN).decision).toBe('denied');
  const { arn: _, ...byPath } = role([rcp({})], { path });
  expect(decideJob(trustOf(byPath), TOKEN).decision).toBe('denied');
});

test('a variable of an RCP is one, whatever the version of the trust policy is', () => {
  const trust = { ...allowing({ StringLike: { 'gitlab.com:sub': '*' } }), version: '2008-10-17' };
  const Condition = { StringEquals: { 'gitlab.com:aud': '${gitlab.com:aud}' } };
  const own = role([rcp({ Condition })], { trust: trust as RoleContext['trust'] });
  expect(decideJob(trustOf(own), TOKEN).decision).toBe('denied');
});

const open = (controls: readonly unknown[]) => {
  const { arn: _, ...unnamed } = role(controls);
  return trustOf(unnamed);
};
const OTHERS = rcp({ Resource: 'arn:aws:iam::*:role/other' });

describe('what is not known', () => {
  test.each<[string, unknown]>([
    ['a document that is missing', undefined],
    ['a document without a version', { Statement: [WEB_IDENTITY] }],
    ['a statement without a resource', { Version: '2012-10-17', Statement: [{ Effect: 'Deny' }] }],
    ['a principal that is not everyone', rcp({ Principal: { Federated: 'x' } })],
    ['both Resource and NotResource', rcp({ NotResource: '*' })],
    ['NotAction', rcp({ Action: undefined, NotAction: 'sts:AssumeRole' })],
    ['an operator that AWS does not know', rcp({ Condition: { Like: { a: 'b' } } })],
  ])('%s leaves open who may assume the role', (_, document) => {
    const trust = trustOf(role([document && (JSON.parse(JSON.stringify(document)) as unknown)]));
    const answer = decideJob(trust, TOKEN);
    expect(answer).toEqual({
      decision: 'undetermined',
      reasons: [{ kind: 'unread-condition', conditions: ['RCP guard (it cannot be read)'] }],
    });
    expect(isEmpty(trust).holds).toBe('undetermined');
  });

  test('nor whether a statement is about a role without an ARN', () => {
    const conditions = [
      'Statement[0] of RCP guard (its Resource is arn:aws:iam::*:role/other, and the ARN of the role is not known)',
    ];
    expect(decideJob(open([OTHERS]), TOKEN)).toEqual({
      decision: 'undetermined',
      reasons: [{ kind: 'unread-condition', conditions }],
    });
    expect(decideJob(open([rcp({})]), TOKEN).decision).toBe('denied');
  });

  test('a table says so, of each grant and of the role', () => {
    const { grants, undetermined } = accessOf(open([OTHERS]));
    const what =
      'Statement[0] of RCP guard (its Resource is arn:aws:iam::*:role/other, and the ARN of the role is not known)';
    expect(grants.map(grantInWords)).toEqual([
      `every project: branches * and tags *, unless ${what} denies it, which cannot be determined`,
    ]);
    expect(undetermined.map(reasonInWords)).toEqual([
      `cannot be determined: it depends on ${what}`,
    ]);
  });

  test('a token that another RCP denies is denied all the same', () => {
    expect(decideJob(open([OTHERS, rcp(OUTSIDE)]), STRANGER).decision).toBe('denied');
  });

  test('nobody is shown to lose what may be as it was', () => {
    const [without, withOne] = [open([]), open([OTHERS])];
    expect(covers(withOne, without).holds).toBe('undetermined');
    expect(covers(without, withOne)).toEqual({ holds: 'yes' });
    expect(covers(withOne, withOne)).toEqual({ holds: 'yes' });
  });
});

describe('of the policies of an organization, those that can deny a sign-in', () => {
  const { name: _, ...unnamed } = controlOf(rcp(OUTSIDE));
  const at = (file: string) => ({ ...unnamed, place: { file, path: '' } });

  test('are RCPs with a Deny for the action, and those that cannot be read', () => {
    const guard = controlOf(rcp(OUTSIDE));
    const missing = { ...guard, document: undefined };
    const others = [
      { ...guard, kind: 'service-control' as const },
      { ...guard, kind: 'unknown' as const },
      controlOf(rcp({ Effect: 'Allow', Action: '*' })),
      controlOf(rcp({ Action: 's3:*' })),
    ];
    expect(controlsIn([...others, guard, missing])).toEqual([guard, missing]);
  });

  test('are one where the same one is attached to several levels', () => {
    const [one, same] = [controlOf(rcp(OUTSIDE)), controlOf(rcp(OUTSIDE))];
    const named = { ...same, name: 'fence' };
    const changed = controlOf(rcp(OUTSIDE, {}));
    expect(controlsIn([one, named, same, changed])).toEqual([one, named, changed]);
  });

  test('are called by all their places where they have no name', () => {
    expect(controlsIn([at('a.json'), at('b.json'), at('a.json')])).toEqual([
      { ...at('a.json'), name: 'a.json and b.json' },
    ]);
    expect(controlsIn([at('a.json')])).toEqual([at('a.json')]);
  });

  test('are each one of those that cannot be read, which may differ', () => {
    const missing = { ...at('a.json'), document: undefined };
    expect(controlsIn([missing, { ...missing }])).toHaveLength(2);
  });

  test('are called by their place in reports, without the line', () => {
    const place = { file: 'all.json', path: 'Policies[0]', line: 3 };
    const [denied] = deniedByControls(
      trustOf({ ...role([]), controls: [{ ...unnamed, place }] }),
      () => true,
    );
    expect(denied?.statement.document).toBe('all.json: Policies[0]');
  });
});

describe('what an RCP takes away', () => {
  const taken = (...controls: unknown[]) => deniedByControls(trustOf(role(controls)), () => true);

  test('is shown with the statement, the document and a token', () => {
    const [one, ...more] = taken(rcp({ Action: 's3:*' }, OUTSIDE));
    expect(more).toEqual([]);
    expect(one && deniedInWords(one)).toMatch(
      /^Statement\[1\] of RCP guard denies tokens that the trust policy allows, such as project_(path|id):/,
    );
    const trust = trustOf(role([rcp(OUTSIDE)]));
    const claims = one?.witness.claims ?? {};
    expect(decideJob(trust, claims).decision).toBe('denied');
    expect(decideJob({ policy: trust.policy }, claims).decision).toBe('allowed');
  });

  test('is nothing where the trust policy is as narrow', () => {
    const narrow = allowing({ StringEquals: { 'gitlab.com:sub': MAIN } });
    const own = trustOf(role([rcp(OUTSIDE)], { trust: narrow }));
    expect(deniedByControls(own, () => true)).toEqual([]);
  });

  test('leaves out tokens that are not of a GitLab', () => {
    expect(deniedByControls(trustOf(role([rcp(OUTSIDE)])), () => false)).toEqual([]);
  });
});
