import { describe, expect, test } from '@jest/globals';
import { type ComparedRole, compareRoles, verdictOf } from '../../src/compare/compare.ts';
import { allowing } from '../access/near-policies.ts';

const ACCOUNT = '123456789012';

function role(
  name: string,
  operator: string,
  sub: string | string[],
  account = ACCOUNT,
): ComparedRole {
  const policy = allowing({
    StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' },
    [operator === 'StringEquals' ? 'ForAnyValue:StringEquals' : operator]: {
      'gitlab.com:sub': sub,
    },
  });
  return { key: { account, name }, trust: { policy } };
}

const subject = (ref: string, project = 'acme/web') =>
  `project_path:${project}:ref_type:branch:ref:${ref}`;

describe('the verdict on a role', () => {
  test.each<[string, ComparedRole, ComparedRole, string]>([
    [
      'the same subjects in another order are the same',
      role('r', 'StringEquals', [subject('a'), subject('b')]),
      role('r', 'StringEquals', [subject('b'), subject('a')]),
      'same',
    ],
    [
      'a pattern without a wildcard is the same as the text',
      role('r', 'StringEquals', subject('main')),
      role('r', 'StringLike', subject('main')),
      'same',
    ],
    [
      'one more branch is wider',
      role('r', 'StringEquals', subject('a')),
      role('r', 'StringEquals', [subject('a'), subject('b')]),
      'wider',
    ],
    [
      'a pattern that covers the branch is wider',
      role('r', 'StringEquals', subject('main')),
      role('r', 'StringLike', subject('m*')),
      'wider',
    ],
    [
      'a slash after the group is narrower',
      role('r', 'StringLike', 'project_path:acme*'),
      role('r', 'StringLike', 'project_path:acme/*'),
      'narrower',
    ],
    [
      'another branch is neither',
      role('r', 'StringEquals', subject('a')),
      role('r', 'StringEquals', subject('b')),
      'other',
    ],
  ])('%s', (_, before, after, verdict) => {
    expect(compareRoles([before], [after]).map(verdictOf)).toEqual([verdict]);
  });

  test('who gains is shown by a token that only the later policy admits', () => {
    const [found] = compareRoles(
      [role('r', 'StringEquals', subject('main'))],
      [role('r', 'StringLike', subject('*', 'acme/web'))],
    );
    const gains = found?.nobodyGains;
    expect(gains?.holds === 'no' && gains.witness.claims).toMatchObject({
      iss: 'https://gitlab.com',
      project_path: 'acme/web',
      ref_type: 'branch',
    });
    expect(gains?.holds === 'no' && gains.witness.claims['ref']).not.toBe('main');
  });
});

test('a role of the same name in another account is another role', () => {
  const before = role('r', 'StringEquals', subject('main'), '111111111111');
  const after = role('R', 'StringEquals', subject('main'), '222222222222');
  expect(compareRoles([before], [after]).map(({ key, change }) => [key.account, change])).toEqual([
    ['222222222222', 'added'],
    ['111111111111', 'removed'],
  ]);
});

test('a role is the same in any case of letters', () => {
  const changes = compareRoles(
    [role('Deploy', 'StringEquals', subject('main'))],
    [role('deploy', 'StringEquals', subject('main'))],
  );
  expect(changes.map((one) => [one.change, verdictOf(one)])).toEqual([['kept', 'same']]);
});

test('a new role that nobody may assume gains nobody', () => {
  const [found] = compareRoles([], [role('r', 'StringEquals', 'project_path:acme/*')]);
  expect(found?.nobodyGains).toEqual({ holds: 'yes' });
});
