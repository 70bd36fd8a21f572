import { describe, expect, test } from '@jest/globals';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';
import { trust } from './parts-of-inputs.ts';

const role = (name: string) => ({ RoleName: name, AssumeRolePolicyDocument: trust(name) });

function read(...pages: readonly unknown[]) {
  const text = pages.map((page) => JSON.stringify(page)).join('\n');
  const { roles, unreadable } = readInventory([{ file: 'dump.json', text, isFound: false }]);
  return { roles: roles.map(({ name }) => name), unreadable: unreadable.map(({ what }) => what) };
}

const CUT_OFF = ['This is not the whole list: AWS has further pages of it'];

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html: IsTruncated says that there is more, and Marker where;
// https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html: --max-items leaves a NextToken.
describe.each(['Roles', 'RoleDetailList'])('a page of %s', (list) => {
  test.each([
    ['IsTruncated', { IsTruncated: true, Marker: 'm' }],
    ['NextToken', { NextToken: 'eyJ' }],
  ])('that says by %s that there is more leaves the input open', (_, more) => {
    expect(read({ [list]: [role('a')], ...more })).toEqual({ roles: ['a'], unreadable: CUT_OFF });
  });

  test('is complete with the pages after it', () => {
    const first = { [list]: [role('a')], IsTruncated: true, Marker: 'm' };
    expect(read(first, { [list]: [role('b')], IsTruncated: false })).toEqual({
      roles: ['a', 'b'],
      unreadable: [],
    });
    expect(read(first, { [list]: [role('b')], IsTruncated: true, Marker: 'n' })).toEqual({
      roles: ['a', 'b'],
      unreadable: CUT_OFF,
    });
  });

  test('is not settled by a role that stands after it', () => {
    const first = { [list]: [role('a')], IsTruncated: true, Marker: 'm' };
    expect(read(first, { Role: role('b') })).toEqual({ roles: ['a', 'b'], unreadable: CUT_OFF });
  });

  test('is the whole list where it says nothing', () => {
    expect(read({ [list]: [role('a')], NextToken: null }).unreadable).toEqual([]);
  });
});
