import { describe, expect, test } from '@jest/globals';
import { accessByShape } from '../../src/access/access-by-shape.ts';
import { accessOf } from '../../src/access/access-of.ts';
import { decideJob } from '../../src/access/job.ts';
import { isEmpty } from '../../src/access/questions.ts';
import type { RoleContext } from '../../src/access/role-context.ts';
import { providersOf, trustOf } from '../../src/access/trust.ts';
import { GITLAB_COM, OWN_HOST, read } from './near-policies.ts';

const PLACE = { file: '-', path: '' };
const MADE_UP = 'arn:aws:iam::000000000000:oidc-provider/';
const ANOTHER = { arn: `${MADE_UP}gitlab.another.example`, issuer: 'gitlab.another.example' };

function policy(...statements: object[]) {
  return read({
    Version: '2012-10-17',
    Statement: statements.map((one) => ({
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      ...one,
    })),
  });
}

const names = (provider: string) => policy({ Principal: { Federated: provider } });
const com = { arn: GITLAB_COM, issuer: 'gitlab.com' };
const own = { arn: OWN_HOST, issuer: 'gitlab.example.com' };

describe('the providers of a policy', () => {
  test('are those that it names, once each', () => {
    const both = policy(
      { Principal: { Federated: [GITLAB_COM, OWN_HOST] } },
      { Principal: { Federated: GITLAB_COM } },
    );
    expect(providersOf([{ policy: both }])).toEqual([com, own]);
  });

  test('are known with their audiences where the account has them', () => {
    const known = [own, { ...com, clientIds: ['sts.amazonaws.com'] }];
    expect(providersOf([{ policy: names(GITLAB_COM), providers: known }])).toEqual([
      { ...com, clientIds: ['sts.amazonaws.com'] },
    ]);
  });

  test('are none where it names no OIDC provider', () => {
    const others = policy(
      { Principal: { AWS: GITLAB_COM } },
      { Principal: { Federated: 'arn:aws:iam::123456789012:saml-provider/gitlab.com' } },
      { Principal: { Service: 'ec2.amazonaws.com' } },
    );
    expect(providersOf([{ policy: others }])).toEqual([]);
  });

  test('of two policies are those of both', () => {
    expect(providersOf([{ policy: names(GITLAB_COM) }, { policy: names(OWN_HOST) }])).toEqual([
      com,
      own,
    ]);
  });
});

describe('a provider that a role of another account names', () => {
  const inAccount = (account: string) => GITLAB_COM.replace('123456789012', account);
  const ofOther = names(inAccount('222222222222'));
  const trust = { policy: ofOther, account: '111111111111' };
  const claims = { iss: 'https://gitlab.com', aud: 'https://gitlab.com', sub: 'project_path:a/b' };

  test("is not looked for: AWS asks for the one of the role's account, which the policy does not name", () => {
    expect(providersOf([trust])).toEqual([
      { arn: inAccount('111111111111'), issuer: 'gitlab.com' },
    ]);
    expect(accessOf(trust)).toEqual({ grants: [], undetermined: [] });
    expect(isEmpty(trust)).toEqual({ holds: 'yes' });
    expect(decideJob(trust, claims)).toMatchObject({
      decision: 'denied',
      because: { kind: 'policy' },
    });
  });

  test('admits nobody for many policies of one shape either, and those of its own account are admitted', () => {
    const main = 'project_path:acme/web:ref_type:branch:ref:main';
    const exact = policy({
      Principal: { Federated: inAccount('222222222222') },
      Condition: { StringEquals: { 'gitlab.com:sub': main } },
    });
    const access = accessByShape(() => true);
    const grantsIn = (account: string) => access({ policy: exact, account }).grants.length;
    expect(['222222222222', '111111111111', '222222222222'].map(grantsIn)).toEqual([1, 0, 1]);
  });

  test('may be the right one where the account of the role is not known', () => {
    for (const account of ['*', 'production']) {
      expect(isEmpty({ policy: ofOther, account }).holds).toBe('no');
    }
  });

  test('may be the right one where a stand-in takes the place of its account', () => {
    expect(isEmpty({ policy: names(GITLAB_COM), account: '111111111111' }).holds).toBe('no');
  });

  test('is not among those of a policy that is open to every provider', () => {
    const known = [{ arn: inAccount('222222222222'), issuer: 'gitlab.com' }];
    const open = { policy: policy({ Principal: '*' }), account: '111111111111', providers: known };
    expect(providersOf([open]).map(({ arn }) => arn)).not.toContain(inAccount('222222222222'));
  });
});

describe('a policy that is open to every provider', () => {
  const open = { Principal: '*' };

  test('is asked for gitlab.com and another one where nothing else is known', () => {
    expect(providersOf([{ policy: policy(open) }])).toEqual([
      { arn: `${MADE_UP}gitlab.com`, issuer: 'gitlab.com' },
      ANOTHER,
    ]);
  });

  test('is asked for the providers of the account and another one', () => {
    expect(providersOf([{ policy: policy(open), providers: [own] }])).toEqual([own, ANOTHER]);
  });

  test('is asked for the issuer of the one token that is in question, in place of another one', () => {
    const issuersOf = (asked: string, keys: object = {}) =>
      providersOf([{ policy: policy({ ...open, Condition: { StringLike: keys } }) }], asked).map(
        ({ issuer }) => issuer,
      );
    expect(issuersOf('git.acme.io')).toEqual(['git.acme.io', 'gitlab.com']);
    expect(issuersOf('git.acme.io', { 'Git.Acme.io:sub': '*' })).toEqual(['git.acme.io']);
  });

  test('is asked for the issuers whose keys a statement has, in any letter case', () => {
    const keys = {
      StringEquals: { 'GitLab.Example.com:sub': 'x', 'git.acme.io:sub': 'x', 'aws:Via': 'x' },
      StringLike: { 'git.acme.io:aud': 'x', 'nonsense:sub': 'x' },
    };
    const asked = providersOf([{ policy: policy({ ...open, Condition: keys }), providers: [own] }]);
    expect(asked.map(({ issuer }) => issuer)).toEqual([
      'gitlab.example.com',
      'git.acme.io',
      'gitlab.another.example',
    ]);
  });

  test('is one that names everyone beside a provider', () => {
    const all = policy({ Principal: { Federated: GITLAB_COM, AWS: '*' } });
    expect(providersOf([{ policy: all }])).toEqual([com, ANOTHER]);
  });

  test('is one that denies nobody by name: an Allow for all but one provider', () => {
    const all = policy({ NotPrincipal: { Federated: OWN_HOST } });
    expect(providersOf([{ policy: all }])).toEqual([own, ANOTHER]);
  });

  test('is not one whose Deny covers everyone', () => {
    const closed = policy({ Principal: { Federated: GITLAB_COM } }, { ...open, Effect: 'Deny' });
    expect(providersOf([{ policy: closed }])).toEqual([com]);
  });

  test('is not one that is open to every service, or to all but everyone', () => {
    expect(providersOf([{ policy: policy({ Principal: { Service: '*' } }) }])).toEqual([]);
    expect(providersOf([{ policy: policy({ NotPrincipal: '*' }) }])).toEqual([]);
  });
});

test('what decides about a role are its policy, its account and the providers whose ARN is known', () => {
  const role: RoleContext = {
    key: { account: '123456789012', name: 'deploy' },
    label: 'deploy',
    place: PLACE,
    trustPlace: PLACE,
    trust: names(GITLAB_COM),
    providers: [
      { arn: GITLAB_COM, url: 'https://gitlab.com', clientIds: ['a'], place: PLACE },
      { arn: OWN_HOST, url: 'https://gitlab.example.com', place: PLACE },
      { url: 'https://git.acme.io', place: PLACE },
    ],
  };
  expect(trustOf(role)).toStrictEqual({
    policy: role.trust,
    providers: [{ ...com, clientIds: ['a'] }, own],
    account: '123456789012',
  });
});

describe('a provider that is described without its ARN', () => {
  const PUBLIC = { url: 'https://gitlab.com', place: PLACE };
  const roleWith = (...providers: RoleContext['providers']): RoleContext => ({
    key: { account: '123456789012', name: 'deploy' },
    label: 'deploy',
    place: PLACE,
    trustPlace: PLACE,
    trust: names(GITLAB_COM),
    providers,
  });

  test('is the one that the policy names', () => {
    expect(trustOf(roleWith({ ...PUBLIC, clientIds: ['a'] })).providers).toEqual([
      { ...com, clientIds: ['a'] },
    ]);
  });

  test('is none where two descriptions differ', () => {
    const [one, other] = [['a'], ['b']].map((clientIds) => ({ ...PUBLIC, clientIds }));
    expect(trustOf(roleWith(one ?? PUBLIC, other ?? PUBLIC)).providers).toEqual([]);
  });
});
