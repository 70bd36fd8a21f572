import { describe, expect, test } from '@jest/globals';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';
import { trust } from './parts-of-inputs.ts';

const read = (text: string) => readInventory([{ file: 'input', text, isFound: false }]);

describe('what is not as it should be is reported where it stands', () => {
  const instance = (fields: object) => ({
    version: 4,
    serial: 1,
    lineage: 'a',
    resources: [
      {
        mode: 'managed',
        type: 'aws_iam_role',
        name: 'a',
        instances: [{ schema_version: 0, ...fields }],
      },
    ],
  });
  const role = (fields: object) => ({
    RoleDetailList: [{ RoleName: 'a', AssumeRolePolicyDocument: trust('a'), ...fields }],
  });

  test.each<[what: string, json: unknown, path: string]>([
    [
      'an instance of a role without attributes, as a state has it that Terraform 0.11 wrote',
      instance({ attributes_flat: { name: 'a' } }),
      'resources[0].instances[0].attributes',
    ],
    [
      'a text in the place of the policies that are attached to a role',
      role({ AttachedManagedPolicies: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
      'RoleDetailList[0].AttachedManagedPolicies',
    ],
    [
      'an object in the place of the inline policies of a role',
      role({ RolePolicyList: { s3: trust('a') } }),
      'RoleDetailList[0].RolePolicyList',
    ],
    [
      'a text in the place of a managed policy',
      { ...role({}), Policies: ['arn:aws:iam::123456789012:policy/deploy'] },
      'Policies[0]',
    ],
    [
      'a policy of an organization whose type is a name that every object knows',
      { Policy: { PolicySummary: { Type: 'constructor' }, Content: '{"Statement": []}' } },
      'Policy.Content',
    ],
    [
      'a role that a policy refers to, but that the template does not have',
      {
        Resources: {
          A: {
            Type: 'AWS::IAM::Policy',
            Properties: {
              PolicyName: 'p',
              PolicyDocument: trust('a'),
              Roles: [{ Ref: 'constructor' }],
            },
          },
        },
      },
      'Resources.A.Properties',
    ],
  ])('%s', (_, json, path) => {
    expect(read(JSON.stringify(json)).unreadable.map(({ place }) => place.path)).toEqual([path]);
  });

  test('a text that only as a whole is nested too deep is read', () => {
    const deep = JSON.stringify(Array.from({ length: 98 }).reduce<unknown>((inner) => [inner], 1));
    const text = `{"Roles": [{"RoleName": "a", "Tags": ${deep}, "AssumeRolePolicyDocument": ${JSON.stringify(trust('a'))}}]}`;
    const { roles, unreadable } = read(text);
    expect([roles.map(({ label }) => label), unreadable]).toEqual([['a'], []]);
  });
});
