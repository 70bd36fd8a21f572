import { expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import { isEmpty } from '../../src/access/questions.ts';
import { GITLAB_COM, OWN_HOST, allowing, read } from './near-policies.ts';

const subjectOf = (path: string) => `project_path:${path}:ref_type:branch:ref:main`;

function grantsUnder(condition: unknown) {
  const policy = allowing(condition);
  return accessOf({ policy }).grants;
}

test('each project of a statement has a token of its own', () => {
  const paths = ['acme/web', 'acme/api', 'acme/db'];
  const grants = grantsUnder({ StringEquals: { 'gitlab.com:sub': paths.map(subjectOf) } });
  expect(grants.map(({ who, witness }) => [who.path, witness.claims['project_path']])).toEqual(
    paths.map((path) => [path, path]),
  );
});

test.each([
  ['StringEquals', '20', true],
  ['StringLike', '20', true],
  ['StringLike', '20*', false],
])('%s on the project id %s pins the project: %s', (operator, id, isPinned) => {
  const sub = { 'gitlab.com:sub': subjectOf('acme/web') };
  const id20 = { 'gitlab.com:project_id': id };
  const grants = grantsUnder(
    operator === 'StringEquals'
      ? { StringEquals: { ...sub, ...id20 } }
      : { StringEquals: sub, StringLike: id20 },
  );
  expect(grants.map(({ who }) => who.idPinned)).toEqual([isPinned]);
});

test('a role for every branch has no branch that is excepted', () => {
  const [grant] = grantsUnder({
    StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:*' },
  });
  expect(grant).toMatchObject({ refs: [{ type: 'branch', name: '*' }], exceptRefs: [] });
});

test('ids of which some are compared as numbers are a condition of their own', () => {
  const statement = (operator: string, id: unknown) => ({
    Effect: 'Allow',
    Principal: { Federated: GITLAB_COM },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringLike: { 'gitlab.com:sub': 'project_path:acme/*:ref_type:branch:ref:main' },
      [operator]: { 'gitlab.com:project_id': id },
    },
  });
  const policy = read({
    Version: '2012-10-17',
    Statement: [statement('StringEquals', '20'), statement('NumericLessThan', '22')],
  });
  const grants = accessOf({ policy }).grants;
  const ofSecond = grants.filter((one) => one.statement === 1);
  expect(ofSecond.length).toBeGreaterThan(0);
  for (const { who, limits } of ofSecond) {
    expect(who).toMatchObject({ ids: [], idPinned: false });
    expect(limits).toMatchObject([{ on: 'claim', claim: 'project_id' }]);
  }
});

test('a token is of the group that its project is in', () => {
  const [grant] = grantsUnder({ StringEquals: { 'gitlab.com:sub': subjectOf('acme/sub/web') } });
  expect(grant?.witness.claims['namespace_path']).toBe('acme/sub');
});

test('a statement for all but one provider is open to the others', () => {
  const policy = read({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      NotPrincipal: { Federated: OWN_HOST },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'gitlab.com:sub': subjectOf('acme/web') } },
    },
  });
  expect(accessOf({ policy }).grants.map(({ who }) => who.path)).toEqual(['acme/web']);
});

test('a subject that asks for the id alone is set up in the form that people use', () => {
  const grants = grantsUnder({ StringLike: { 'gitlab.com:sub': 'project_id:20:*' } });
  expect(grants.map(({ subjectForm }) => subjectForm.join())).toEqual(
    grants.map(() => 'project_id,ref_type,ref'),
  );
  expect(grants.length).toBeGreaterThan(0);
});

test.each(['gitlab.com/', 'gitlab.com/acme', 'https://gitlab.com'])(
  'no GitLab is the issuer %s',
  (issuer) => {
    const policy = read({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${issuer}:sub`]: subjectOf('acme/web') } },
      },
    });
    expect(accessOf({ policy })).toEqual({ grants: [], undetermined: [] });
    expect(isEmpty({ policy })).toEqual({ holds: 'yes' });
  },
);
