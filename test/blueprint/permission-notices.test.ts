import { expect, test } from '@jest/globals';
import type { Permissions, Role } from '../../src/answers/schema.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { answers, role } from '../support/builders/answers.ts';

const ACCOUNT = { region: 'eu-west-1', account_id: '123456789012' };

/** The notices about a role's permissions, without what lint says. */
function noticesOf(permissions: Permissions, more: Partial<Role> = {}) {
  const roles = [role({ permissions, ...more })];
  const { notices } = blueprintOf({ ...answers({ roles }), aws: ACCOUNT });
  return notices
    .filter(({ text }) => !text.startsWith('OIDC'))
    .map(({ where, text }) => `${where}: ${text}`);
}

test('what any branch could read is described', () => {
  const notices = noticesOf(
    {
      s3: { read: ['logs'] },
      secrets_manager: { read: ['myapp/'] },
      terraform_state: { access: 'read', bucket: 'states', key: 'a.tfstate' },
      managed_policies: ['ReadOnlyAccess', 'job-function/ViewOnlyAccess'],
    },
    { refs: { branches: ['*'] } },
  );
  expect(notices).toContain(
    'roles[0].refs.branches: anyone who can push a branch can read or use: objects in the bucket logs; values of the secrets myapp/*; the Terraform state s3://states/a.tfstate, which may hold secrets; what the managed policy ReadOnlyAccess allows',
  );
});

test.each<[string, Partial<Role>]>([
  ['one branch', { refs: { branches: ['main'] } }],
  ['protected branches', { refs: { branches: ['*'], protected_only: true } }],
])('%s gives no such notice', (_, more) => {
  expect(noticesOf({ s3: { read: ['logs'] } }, more).join()).not.toContain('anyone who can push');
});

test.each([
  ['db', ['db also matches every longer name, such as dbx and db-x; db/ does not']],
  [
    'db-',
    [
      'db- also matches the secret named db, whose ARN ends in a dash and six characters; db/ does not',
    ],
  ],
  ['db/', []],
  ['db_', []],
])('the notice for the secret prefix %s shows what else it matches', (prefix, texts) => {
  expect(noticesOf({ secrets_manager: { read: [prefix] } })).toEqual(
    texts.map((text) => `roles[0].permissions.secrets_manager.read: ${text}`),
  );
});

test('a notice shows that permissions without an account reach into every account', () => {
  const roles = [role({ permissions: { ecr_push: { repositories: ['app'] } } })];
  const { notices } = blueprintOf({ ...answers({ roles }), aws: { region: 'eu-west-1' } });
  expect(notices.map(({ where }) => where)).toContain('aws.account_id');
});

/** The resources' account in the conditions of a role's policies. */
function owners(permissions: Permissions, aws: { region: string; account_id?: string }) {
  const { stacks } = blueprintOf({ ...answers({ roles: [role({ permissions })] }), aws });
  const text = JSON.stringify(stacks[0].roles[0]?.inlinePolicies.map(({ document }) => document));
  return [...text.matchAll(/"aws:ResourceAccount":"(\d+)"/g)].map(([, account]) => account);
}

test('buckets and state are limited to the account that the answers know', () => {
  const permissions: Permissions = {
    s3: { read: ['logs'] },
    terraform_state: { access: 'read', bucket: 'states', key: 'a.tfstate' },
  };
  expect(owners(permissions, ACCOUNT)).toEqual(Array(5).fill('123456789012'));
  expect(owners(permissions, { region: 'eu-west-1' })).toEqual([]);
});

test('a state in another account is limited to that one', () => {
  const terraform_state = {
    access: 'read',
    bucket: 'b-1',
    key: 'a',
    account: '210987654321',
  } as const;
  expect(owners({ terraform_state }, ACCOUNT)).toEqual(Array(3).fill('210987654321'));
});
