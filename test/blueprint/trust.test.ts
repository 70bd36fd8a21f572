import { describe, expect, test } from '@jest/globals';
import type { Answers, Role } from '../../src/answers/schema.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { conditionBlock } from '../../src/iam/trust-policy.ts';
import { answers, role, SELF_MANAGED } from '../support/builders/answers.ts';

const AUD = 'https://gitlab.com';

/** The conditions of each statement of the only role's trust policy. */
function conditions(change: Partial<Role>, about: Partial<Answers> = {}) {
  const { roles } = blueprintOf(answers({ ...about, roles: [role(change)] })).stacks[0];
  return roles.map(({ trust }) => trust.map(conditionBlock)).flat();
}

describe('on gitlab.com', () => {
  test('a branch is an exact subject under StringEquals, beside the audience', () => {
    expect(conditions({})).toEqual([
      {
        StringEquals: {
          'gitlab.com:aud': AUD,
          'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main',
        },
      },
    ]);
  });

  test('a tag is another subject than the branch of the same name', () => {
    expect(conditions({ refs: { branches: ['main'], tags: ['main'] } })).toEqual([
      {
        StringEquals: {
          'gitlab.com:aud': AUD,
          'gitlab.com:sub': [
            'project_path:acme/web:ref_type:branch:ref:main',
            'project_path:acme/web:ref_type:tag:ref:main',
          ],
        },
      },
    ]);
  });

  test('a pattern goes under StringLike, in a statement of its own', () => {
    expect(conditions({ refs: { branches: ['main', 'release/*'] } })).toEqual([
      {
        StringEquals: {
          'gitlab.com:aud': AUD,
          'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main',
        },
      },
      {
        StringEquals: { 'gitlab.com:aud': AUD },
        StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:release/*' },
      },
    ]);
  });

  test('a known project id is pinned, one statement for each project', () => {
    const projects = [
      { path: 'acme/web', id: 20 },
      { path: 'acme/api', id: 21 },
    ];
    expect(conditions({ projects })).toEqual([
      {
        StringEquals: {
          'gitlab.com:aud': AUD,
          'gitlab.com:project_id': '20',
          'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main',
        },
      },
      {
        StringEquals: {
          'gitlab.com:aud': AUD,
          'gitlab.com:project_id': '21',
          'gitlab.com:sub': 'project_path:acme/api:ref_type:branch:ref:main',
        },
      },
    ]);
  });

  test('protection, pipeline source, runner and namespace are conditions', () => {
    const [statement] = conditions({
      projects: [{ path: 'acme/web', namespace_id: 7 }],
      refs: { branches: ['main'], protected_only: true },
      pipeline_sources: ['push', 'web'],
      runner_environment: 'self-hosted',
    });
    expect(statement?.['StringEquals']).toEqual({
      'gitlab.com:aud': AUD,
      'gitlab.com:namespace_id': '7',
      'gitlab.com:pipeline_source': ['push', 'web'],
      'gitlab.com:ref_protected': 'true',
      'gitlab.com:runner_environment': 'self-hosted',
      'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main',
    });
  });

  test('a group is everything below its path, and nothing beside it', () => {
    const groups = [{ path: 'acme', accept_new_projects: true as const }];
    expect(conditions({ projects: [], groups })).toEqual([
      {
        StringEquals: { 'gitlab.com:aud': AUD },
        StringLike: { 'gitlab.com:sub': 'project_path:acme/*:ref_type:branch:ref:main' },
      },
    ]);
  });

  test('a branch that holds the beginning of a policy variable is written as that very text', () => {
    expect(conditions({ refs: { branches: ['a${username}'] } })[0]?.['StringEquals']).toEqual({
      'gitlab.com:aud': AUD,
      'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:a${$}{username}',
    });
  });
});

describe('on another instance', () => {
  test('keys begin with its host, and projects share a statement', () => {
    const projects = [{ path: 'acme/web' }, { path: 'acme/api' }];
    expect(conditions({ projects }, { gitlab: SELF_MANAGED })).toEqual([
      {
        StringEquals: {
          'gitlab.example.com:aud': 'https://gitlab.example.com',
          'gitlab.example.com:sub': [
            'project_path:acme/web:ref_type:branch:ref:main',
            'project_path:acme/api:ref_type:branch:ref:main',
          ],
        },
      },
    ]);
  });

  test('an issuer apart from the instance names the keys, its path with it; the audience does not change', () => {
    const gitlab = { ...SELF_MANAGED, issuer: 'https://oidc.example.com/gitlab' };
    expect(conditions({}, { gitlab })).toEqual([
      {
        StringEquals: {
          'oidc.example.com/gitlab:aud': 'https://gitlab.example.com',
          'oidc.example.com/gitlab:sub': 'project_path:acme/web:ref_type:branch:ref:main',
        },
      },
    ]);
  });

  test('a subject of other components has them in their order', () => {
    const gitlab = {
      ...SELF_MANAGED,
      sub_components: ['project_id', 'ref_type', 'ref', 'ref_protected'] as const,
    };
    const change = {
      projects: [{ path: 'acme/web', id: 20 }],
      refs: { branches: ['main'], protected_only: true },
    };
    expect(
      conditions(change, { gitlab: { ...gitlab, sub_components: [...gitlab.sub_components] } }),
    ).toEqual([
      {
        StringEquals: {
          'gitlab.example.com:aud': 'https://gitlab.example.com',
          'gitlab.example.com:sub': 'project_id:20:ref_type:branch:ref:main:ref_protected:true',
        },
      },
    ]);
  });

  test('where protection does not matter but the subject tells it, both values are exact subjects', () => {
    const gitlab = { ...SELF_MANAGED };
    const [statement] = conditions(
      {
        projects: [
          {
            path: 'acme/web',
            sub_components: ['project_path', 'ref_type', 'ref', 'ref_protected'],
          },
        ],
      },
      { gitlab },
    );
    expect(statement?.['StringEquals']).toMatchObject({
      'gitlab.example.com:sub': [
        'project_path:acme/web:ref_type:branch:ref:main:ref_protected:true',
        'project_path:acme/web:ref_type:branch:ref:main:ref_protected:false',
      ],
    });
  });
});

describe('the trust policy quota', () => {
  const projects = Array.from({ length: 40 }, (_, i) => ({
    path: `acme/service-${i}`,
    id: 1000 + i,
  }));

  test('what does not fit goes to further roles; the first keeps the name', () => {
    const { roles } = blueprintOf(answers({ roles: [role({ projects })] })).stacks[0];
    expect(roles.length).toBeGreaterThan(1);
    expect(roles[0]?.name).toBe('deploy');
    expect(roles[1]?.name).toBe('deploy-2');
  });

  test('every project is in exactly one of the roles, in order', () => {
    const { roles } = blueprintOf(answers({ roles: [role({ projects })] })).stacks[0];
    const paths = roles.flatMap(({ grants }) => grants.map(({ path }) => path));
    expect(paths).toEqual(projects.map(({ path }) => path));
  });

  test('a raised quota means fewer roles', () => {
    const aws = { region: 'eu-west-1', quotas: { trust_policy: 8192 } };
    const raised = blueprintOf(answers({ aws, roles: [role({ projects })] })).stacks[0].roles
      .length;
    const usual = blueprintOf(answers({ roles: [role({ projects })] })).stacks[0].roles.length;
    expect(raised).toBeLessThan(usual / 3);
  });
});

test('an id that one role names is pinned wherever the project stands', () => {
  const known = { path: 'acme/web', id: 20 };
  const roles = [role({ projects: [known] }), role({ name: 'other' })];
  const pins = blueprintOf(answers({ roles })).stacks[0].roles.map(({ trust }) =>
    trust.map((statement) => statement.stringEquals['gitlab.com:project_id']),
  );
  expect(pins).toEqual([[['20']], [['20']]]);
});
