import { expect, test } from '@jest/globals';
import { blueprintOf } from '../../src/blueprint/build.ts';
import type { Role } from '../../src/answers/schema.ts';
import { answers, role, SELF_MANAGED } from '../support/builders/answers.ts';

/** The notices about roles with these changes, named `deploy-1`, `deploy-2`, … */
function noticesFor(...changes: Partial<Role>[]) {
  const roles = changes.map((change, at) => role({ name: `deploy-${at + 1}`, ...change }));
  return blueprintOf(answers({ roles })).notices;
}

const UNSAFE_PATH =
  'OIDC101 no-project-id: "project_path:acme/web:ref_type:branch:ref:main" identifies the project by path only; someone else could take that path later';
const FIX = "In the answers, add the project's id or the group's namespace_id";

test('one role is named with what is wrong and what fixes it', () => {
  expect(noticesFor({})).toEqual([{ where: 'deploy-1', text: `${UNSAFE_PATH}. ${FIX}` }]);
});

test('what is wrong with several roles is reported once, with their names', () => {
  expect(noticesFor({}, {}, {})).toEqual([
    {
      where: 'deploy-1, deploy-2, deploy-3',
      text: `${UNSAFE_PATH} (and 2 more). ${FIX}`,
    },
  ]);
});

test('a role is named once, however often it breaks a rule', () => {
  expect(noticesFor({ refs: { branches: ['main', 'stable'] } })).toEqual([
    { where: 'deploy-1', text: `${UNSAFE_PATH} (and 1 more). ${FIX}` },
  ]);
});

test('of many roles four are named and the others counted', () => {
  const [notice] = noticesFor(...Array.from({ length: 30 }, () => ({})));
  expect(notice?.where).toBe('deploy-1, deploy-2, deploy-3, deploy-4 and 26 more');
});

test('each rule has a notice of its own', () => {
  const safe = { projects: [{ path: 'acme/shop', id: 20 }] };
  const notices = noticesFor({ ...safe, session_duration: 7200 }, {}, safe);
  expect(notices.map(({ where, text }) => `${where}: ${text.slice(0, 7)}`)).toEqual([
    'deploy-1: OIDC110',
    'deploy-2: OIDC101',
  ]);
});

test.each([
  ['OIDC109', { groups: [{ path: 'acme', accept_new_projects: true as const }], projects: [] }],
  ['OIDC103', { refs: { branches: ['*'] } }],
  ['OIDC105', { refs: { tags: ['v*'] } }],
])("on an instance of one's own the fix of %s is one that the answers can take", (rule, change) => {
  const { notices } = blueprintOf(answers({ gitlab: SELF_MANAGED, roles: [role(change)] }));
  const fix = notices.find(({ text }) => text.startsWith(rule))?.text;
  expect(fix).toMatch(
    /list the projects instead of a group|also add ref_protected to sub_components/,
  );
});

test('an order of accounts whose state no pipeline can reach has a notice', () => {
  const remote = { backend: 's3' as const, bucket: 'states', key: '{account}.tfstate' };
  const { notices } = blueprintOf(
    answers({
      accounts: [{ name: 'dev' }, { name: 'stage' }, { name: 'prod', state: remote }],
      roles: [role({ projects: [{ path: 'acme/shop', id: 20 }] })],
      ci: { credentials: 'web-identity', promotion: ['dev', 'prod'] },
    }),
  );
  expect(notices).toContainEqual({
    where: 'ci.promotion',
    text: 'no pipeline plans or applies dev, because a local state is on one machine only; use the backend s3 or gitlab',
  });
});
