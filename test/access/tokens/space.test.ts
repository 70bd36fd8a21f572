import { expect, test } from '@jest/globals';
import { spaceOf } from '../../../src/access/tokens/space.ts';
import { preparePolicy } from '../../../src/iam/evaluate/evaluate.ts';
import { allowing, GITLAB_COM } from '../near-policies.ts';

const CONDITIONS: readonly (readonly [string, object])[] = [
  ['StringEquals', { 'gitlab.com:user_id': '3' }],
  ['StringLike', { 'gitlab.com:sub': 'project_path:acme/*:ref_type:branch:ref:main' }],
  ['Bool', { 'gitlab.com:ref_protected': 'true' }],
  ['IpAddress', { 'aws:SourceIp': '192.0.2.0/24' }],
];

function namesOf(conditions: typeof CONDITIONS) {
  const policy = allowing(Object.fromEntries(conditions));
  const provider = { arn: GITLAB_COM, issuer: 'gitlab.com' };
  const { dimensions, indexOf } = spaceOf(provider, [preparePolicy(policy)], {});
  const names = dimensions.map(({ name }) => name);
  expect(names.map((name) => indexOf.get(name))).toEqual(names.map((_, at) => at));
  return names;
}

test('what a policy asks for is cut up in the order of names, after the form of the subject', () => {
  const [form, ...asked] = namesOf(CONDITIONS);
  expect(form).toBe('form');
  expect(asked).toEqual([...asked].sort());
  for (const name of ['project_path', 'ref', 'ref_protected', 'ref_type', 'user_id'])
    expect(asked).toContain(name);
});

test('the order of conditions changes nothing of it', () => {
  expect(namesOf(CONDITIONS.toReversed())).toEqual(namesOf(CONDITIONS));
});

test('what no policy asks for is not cut up', () => {
  expect(namesOf([['StringEquals', { 'gitlab.com:user_id': '3' }]])).toEqual(['form', 'user_id']);
});
