import { describe, expect, test } from '@jest/globals';
import { checkAnswers } from '../../../src/answers/check/answers.ts';
import type { Answers } from '../../../src/answers/schema.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { role, SELF_MANAGED } from '../../support/builders/answers.ts';
import { bootstrapAnswers } from '../../support/builders/bootstrap-answers.ts';
import { problemsOf } from '../../support/builders/problems.ts';

type Bootstrap = NonNullable<Answers['bootstrap']>;
type Organization = NonNullable<Answers['organization']>;

const places = (change: Partial<Answers>) =>
  checkAnswers(bootstrapAnswers(change)).map(({ where }) => where);
const withBootstrap = (bootstrap: Bootstrap) => places({ bootstrap });
const withGuard = (organization: Organization, change: Partial<Answers> = {}) =>
  places({ organization, ...change });

const ACME = { groups: [{ path: 'acme' }] };

test('a bootstrap without any answer of its own is complete', () => {
  expect(places({})).toEqual([]);
});

describe('a bootstrap needs', () => {
  test.each<[what: string, change: Partial<Answers>, where: string]>([
    [
      'the project of the repository',
      { gitlab: { url: 'https://gitlab.com' } },
      'gitlab.repository',
    ],
    ['the account', { aws: { region: 'eu-west-1' } }, 'aws.account_id'],
    ['a state that the pipeline can reach', { state: { backend: 'local' } }, 'state.backend'],
  ])('%s', (_, change, where) => {
    expect(places(change)).toEqual([where]);
  });
});

describe('refused in a bootstrap, with the place', () => {
  test.each<[what: string, bootstrap: Bootstrap, where: string]>([
    ['the root as path of the managed roles', { managed_path: '/' }, 'managed_path'],
    ['a wildcard in a path', { managed_path: '/gitlab*/' }, 'managed_path'],
    ['a policy variable in a path', { role_path: '/${aws:username}/' }, 'role_path'],
    ['a path without a slash at its end', { role_path: '/boot' }, 'role_path'],
    ['managed roles below the bootstrap', { managed_path: '/gitlab-bootstrap/x/' }, 'managed_path'],
    ['the bootstrap below the managed roles', { role_path: '/gitlab/boot/' }, 'managed_path'],
    ['one name for both roles', { plan_role: 'x', apply_role: 'X' }, 'apply_role'],
    ['the name of a role of the answers', { plan_role: 'Deploy' }, 'plan_role'],
    ['a name with a slash', { apply_role: 'a/b' }, 'apply_role'],
    ['a boundary with a space', { boundary: 'a b' }, 'boundary'],
    [
      'a pattern of branches that may apply',
      { refs: { default_branch: '*' } },
      'refs.default_branch',
    ],
    ['a full ref', { refs: { default_branch: 'refs/heads/main' } }, 'refs.default_branch'],
    ['every role as usable', { usable_roles: ['/*'] }, 'usable_roles[0]'],
    ['an ARN as usable role', { usable_roles: ['arn:aws:iam::1:role/x'] }, 'usable_roles[0]'],
    [
      'an account as organizational unit',
      { organizational_units: ['123456789012'] },
      'organizational_units[0]',
    ],
    ['an account of 11 digits', { state_account: '12345678901' }, 'state_account'],
    ['an ARN as admin role', { admin_role: 'arn:aws:iam::1:role/x' }, 'admin_role'],
    [
      'a subject with an ID that is not known',
      { repository: { sub_components: ['project_id', 'ref_type', 'ref'] } },
      'repository.id',
    ],
    [
      'a subject without a ref',
      { repository: { id: 1, sub_components: ['project_id'] } },
      'repository.sub_components',
    ],
    [
      'a subject with the tier of an environment',
      { repository: { sub_components: ['project_path', 'ref_type', 'ref', 'deployment_tier'] } },
      'repository.sub_components',
    ],
  ])('%s', (_, bootstrap, where) => {
    expect(withBootstrap(bootstrap)).toEqual([`bootstrap.${where}`]);
  });

  test('protected refs only for a plan, where AWS cannot see the protection', () => {
    const gitlab = { ...SELF_MANAGED, repository: 'acme/oidc' };
    expect(places({ gitlab, bootstrap: { refs: { plan_protected_only: true } } })).toEqual([
      'bootstrap.refs.plan_protected_only',
    ]);
    expect(places({ gitlab, bootstrap: {} })).toEqual([]);
  });

  test('a namespace where AWS has no condition key for it', () => {
    const gitlab = { ...SELF_MANAGED, repository: 'acme/oidc' };
    expect(places({ gitlab, bootstrap: { repository: { namespace_id: 7 } } })).toEqual([
      'bootstrap.repository.namespace_id',
    ]);
  });

  test('an ID of the repository that a role contradicts', () => {
    const roles = [role({ projects: [{ path: 'acme/oidc', id: 1 }] })];
    expect(places({ roles, bootstrap: { repository: { id: 2 } } })).toEqual([
      'bootstrap.repository.id',
    ]);
  });

  test('the account of a bucket where the state is not in one', () => {
    const state = { backend: 'gitlab', name: 'oidc' } as const;
    expect(places({ state, bootstrap: { state_account: '999999999999' } })).toEqual([
      'bootstrap.state_account',
    ]);
  });

  test('a role that the pipeline could not manage', () => {
    expect(places({ roles: [role({ path: '/other/' })] })).toEqual(['roles[0].path']);
    const permissions_boundary = 'arn:aws:iam::123456789012:policy/other';
    expect(places({ roles: [role({ permissions_boundary })] })).toEqual([
      'roles[0].permissions_boundary',
    ]);
    expect(places({ roles: [role({ path: '/gitlab/team/' })] })).toEqual([]);
  });

  test('a boundary longer than IAM allows', () => {
    const usable_roles = Array.from({ length: 100 }, (_, i) => `/app/${'x'.repeat(50)}${i}`);
    const answers = bootstrapAnswers({ bootstrap: { usable_roles } });
    expect(checkAnswers(answers)).toEqual([]);
    expect(problemsOf(() => blueprintOf(answers))).toMatchObject([
      { where: 'bootstrap.usable_roles', what: expect.stringMatching(/AWS allows 6144$/) },
    ]);
  });
});

describe('refused in the policies of an organization, with the place', () => {
  test.each<[what: string, organization: Organization, where: string]>([
    ['a wildcard in a group', { groups: [{ path: 'acme' }, { path: 'acme*' }] }, 'groups[1].path'],
    ['a group twice', { groups: [{ path: 'acme' }, { path: 'acme' }] }, 'groups[1].path'],
    ['the star of a group', { groups: [{ path: 'acme' }, { path: 'b/*' }] }, 'groups[1].path'],
    [
      'an ID twice',
      { groups: [{ path: 'acme', project_ids: [1, 1] }] },
      'groups[0].project_ids[1]',
    ],
    [
      'IDs that have no effect',
      { groups: [{ path: 'acme', namespace_id: 7, project_ids: [1] }] },
      'groups[0].project_ids',
    ],
    ['every role as exception', { ...ACME, exceptions: ['*'] }, 'exceptions[0]'],
    [
      'the path that the pipeline manages',
      { ...ACME, protected_role_paths: ['/gitlab/'] },
      'protected_role_paths[0]',
    ],
    [
      'the root as protected path',
      { ...ACME, protected_role_paths: ['/'] },
      'protected_role_paths[0]',
    ],
  ])('%s', (_, organization, where) => {
    expect(withGuard(organization)).toEqual([`organization.${where}`]);
  });

  test('groups that leave out a project of a role, or the repository', () => {
    expect(withGuard({ groups: [{ path: 'other' }] })).toEqual([
      'roles[0].projects[0].path',
      'gitlab.repository',
    ]);
    expect(withGuard({ groups: [{ path: 'acm' }] })).toHaveLength(2);
  });

  test('a flat group that leaves out a project of a subgroup, or a whole group', () => {
    const flat = { groups: [{ path: 'acme', namespace_id: 7 }] };
    const roles = [
      role({ projects: [{ path: 'acme/web' }, { path: 'acme/sub/web' }] }),
      role({
        name: 'all',
        projects: [],
        groups: [{ path: 'acme', accept_new_projects: true }],
      }),
    ];
    expect(withGuard(flat, { roles })).toEqual([
      'roles[0].projects[1].path',
      'roles[1].groups[0].path',
    ]);
  });

  test('the ID of a group where AWS has no condition key for it', () => {
    const gitlab = { ...SELF_MANAGED, repository: 'acme/oidc' };
    expect(withGuard({ groups: [{ path: 'acme', namespace_id: 7 }] }, { gitlab })).toEqual([
      'organization.groups[0].namespace_id',
    ]);
  });

  test.each<[where: string, organization: Organization]>([
    ['organization.groups', { groups: [{ path: 'acme', project_ids: ids(400) }] }],
    ['organization.exceptions', { ...ACME, exceptions: ids(60).map((id) => `breakglass-${id}`) }],
    [
      'organization.protected_role_paths',
      { ...ACME, protected_role_paths: ids(200).map((id) => `/p${id}/`) },
    ],
  ])('more than AWS allows in %s', (where, organization) => {
    const answers = bootstrapAnswers({ organization });
    expect(checkAnswers(answers)).toEqual([]);
    expect(problemsOf(() => blueprintOf(answers))).toMatchObject([
      { where, what: expect.stringMatching(/AWS allows 5120$/) },
    ]);
  });
});

test('a policy that is too long in lines is written without white space', () => {
  const organization = { groups: [{ path: 'acme', project_ids: ids(200) }] };
  const { rcp } = blueprintOf(bootstrapAnswers({ organization })).organization ?? {};
  expect(rcp?.text.split('\n')).toHaveLength(2);
  expect(rcp?.text.length).toBeLessThanOrEqual(5120);
  expect(JSON.parse(rcp?.text ?? '')).toEqual(rcp?.document);
});

function ids(count: number): number[] {
  return Array.from({ length: count }, (_, i) => 1_000_000 + i);
}

describe('a bootstrap of several accounts', () => {
  const of = (...accounts: NonNullable<Answers['accounts']>) => ({
    aws: { region: 'eu-west-1' },
    accounts,
    state: { backend: 's3', bucket: 'acme-{account}', key: 'oidc.tfstate' } as const,
  });
  const dev = { name: 'dev', id: '111111111111' };
  const prod = { name: 'prod', id: '222222222222' };

  test('is complete with the IDs of the accounts', () => {
    expect(places(of(dev, prod))).toEqual([]);
  });

  test.each<[what: string, change: Partial<Answers>, where: string]>([
    ['the ID of each account', of(dev, { name: 'prod' }), 'accounts[1].id'],
    ['one partition', of(dev, { ...prod, region: 'us-gov-west-1' }), 'accounts[1].region'],
    [
      'one kind of state',
      of(dev, { ...prod, state: { backend: 'gitlab', name: 'prod' } }),
      'accounts[1].state.backend',
    ],
    [
      'a state that the pipeline can reach',
      { ...of(dev, prod), state: { backend: 'local' } },
      'state.backend',
    ],
    [
      'the account of a bucket that several accounts use',
      { ...of(dev, prod), state: { backend: 's3', bucket: 'acme', key: '{account}.tfstate' } },
      'bootstrap.state_account',
    ],
    [
      'the thumbprints of one issuer',
      {
        ...of(dev, { ...prod, provider: { mode: 'create' } }),
        provider: {
          mode: 'create',
          thumbprints: ['a94a8fe5ccb19ba61c4c0873d391e987982fbbd3'],
        },
      },
      'accounts[1].provider.thumbprints',
    ],
    [
      'a boundary that its table can hold',
      of(dev, { ...prod, permissions_boundary: 'arn:aws:iam::222222222222:policy/a,b' }),
      'accounts[1].permissions_boundary',
    ],
  ])('needs %s', (_, change, where) => {
    expect(places(change)).toEqual([where]);
  });

  test('the account of the bucket where the state is in GitLab', () => {
    const state = { backend: 'gitlab', name: 'oidc-{account}' } as const;
    const bootstrap = { state_account: '999999999999' };
    expect(places({ ...of(dev, prod), state, bootstrap })).toEqual(['bootstrap.state_account']);
    expect(places({ ...of(dev, prod), state })).toEqual([]);
  });

  test('a role gets the boundary of its account, and can name no other', () => {
    const own = 'arn:aws:iam::222222222222:policy/security/own';
    const accounts = of(dev, { ...prod, permissions_boundary: own });
    const roles = (boundary: string) => [
      role({ differences: { prod: { permissions_boundary: boundary } } }),
    ];
    expect(places(accounts)).toEqual([]);
    expect(places({ ...accounts, roles: roles(own) })).toEqual([]);
    const others = 'arn:aws:iam::222222222222:policy/gitlab-bootstrap/gitlab-boundary';
    expect(places({ ...accounts, roles: roles(others) })).toEqual([
      'roles[0].differences.prod.permissions_boundary',
    ]);
    const boundaries = blueprintOf(bootstrapAnswers(accounts)).stacks.map(
      ({ roles: [first] }) => first?.permissionsBoundary,
    );
    expect(boundaries).toEqual([
      'arn:aws:iam::111111111111:policy/gitlab-bootstrap/gitlab-boundary',
      own,
    ]);
  });
});
