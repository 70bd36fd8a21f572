import { describe, expect, test } from '@jest/globals';
import { accessDiff } from '../../src/blueprint/access-diff/access-diff.ts';
import { SIGNS } from '../../src/blueprint/access-diff/change.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import type { Answers, Role } from '../../src/answers/schema.ts';
import { answers, role, SELF_MANAGED } from '../support/builders/answers.ts';

/** The changes between two sets of answers, one line each. */
function changes(before: Partial<Answers>, after: Partial<Answers>): string[] {
  const diff = accessDiff(blueprintOf(answers(before)), blueprintOf(answers(after)));
  return diff.changes.map(({ kind, text }) => `${SIGNS[kind]} ${text}`);
}

/** The changes when the only role becomes another. */
function roleChanges(before: Partial<Role>, after: Partial<Role>, about: Partial<Answers> = {}) {
  return changes({ ...about, roles: [role(before)] }, { ...about, roles: [role(after)] });
}

const WEB = { path: 'acme/web' };
const API = { path: 'acme/api' };

describe('who may assume a role', () => {
  test('nothing changed is nothing to say', () => {
    expect(roleChanges({}, {})).toEqual([]);
  });

  test('a ref that is added lets its project in, with the limits', () => {
    expect(
      roleChanges(
        { refs: { branches: ['main'], protected_only: true } },
        { refs: { branches: ['main'], tags: ['v*'], protected_only: true } },
      ),
    ).toEqual(['+ acme/web tags v* may now assume deploy, protected refs only']);
  });

  test('a project that is removed is named with all its refs', () => {
    const refs = { branches: ['main', 'release/*'], tags: ['v1'] };
    expect(roleChanges({ refs, projects: [WEB, API] }, { refs, projects: [WEB] })).toEqual([
      '- acme/api branch main, branches release/* and tag v1 may no longer assume deploy',
    ]);
  });

  test('a group is every project in it', () => {
    const groups = [{ path: 'acme/ops', accept_new_projects: true as const }];
    expect(roleChanges({}, { groups })).toEqual([
      '+ branch main of every project in acme/ops may now assume deploy',
    ]);
  });

  test('a project that its group allows anyway is reported as such', () => {
    const groups = [{ path: 'acme', namespace_id: 7, accept_new_projects: true as const }];
    expect(roleChanges({ projects: [WEB, API], groups }, { projects: [API], groups })).toEqual([
      '- acme/web branch main may no longer assume deploy; as a project in acme it still may, namespace_id 7',
    ]);
  });

  test('a narrower pattern takes access from those that only the wider one allowed', () => {
    expect(
      roleChanges({ refs: { branches: ['*'] } }, { refs: { branches: ['main', 'release/?'] } }),
    ).toEqual([
      '- acme/web branches * may no longer assume deploy; branch main and branches release/? still may',
    ]);
  });

  test('a wider pattern gives access to those that the narrower one did not allow', () => {
    expect(roleChanges({ refs: { branches: ['main'] } }, { refs: { branches: ['*'] } })).toEqual([
      '+ acme/web branches * may now assume deploy; branch main could before',
    ]);
  });

  test('a ref that a pattern covers already changes nothing', () => {
    expect(
      roleChanges({ refs: { branches: ['*'] } }, { refs: { branches: ['*', 'main'] } }),
    ).toEqual([]);
  });

  test('order changes nothing', () => {
    const before = role({
      projects: [WEB, API],
      refs: { branches: ['main', 'next'] },
      pipeline_sources: ['push', 'web'],
      permissions: { s3: { read: ['bucket-a', 'bucket-b'] }, managed_policies: ['A', 'B'] },
    });
    const after = role({
      projects: [API, WEB],
      refs: { branches: ['next', 'main'] },
      pipeline_sources: ['web', 'push'],
      permissions: { managed_policies: ['B', 'A'], s3: { read: ['bucket-b', 'bucket-a'] } },
    });
    const other = role({ name: 'other' });
    expect(changes({ roles: [before, other] }, { roles: [other, after] })).toEqual([]);
  });
});

describe('what else a token must show', () => {
  test('a limit that comes takes, one that goes gives', () => {
    const open = { refs: { branches: ['main'] } };
    const bound = { refs: { branches: ['main'], protected_only: true } };
    expect(roleChanges(open, bound)).toEqual([
      '- acme/web branch main may assume deploy: now protected refs only',
    ]);
    expect(roleChanges(bound, open)).toEqual([
      '+ acme/web branch main may assume deploy: no longer protected refs only',
    ]);
  });

  test('one limit in place of another is neither', () => {
    expect(roleChanges({ pipeline_sources: ['push'] }, { pipeline_sources: ['schedule'] })).toEqual(
      [
        '~ acme/web branch main may assume deploy: now pipeline source schedule; no longer pipeline source push',
      ],
    );
  });

  test('an id that is no longer pinned allows anyone who takes the path', () => {
    expect(roleChanges({ projects: [{ ...WEB, id: 20 }] }, { projects: [WEB] })).toEqual([
      '+ acme/web branch main may assume deploy: no longer only the project with id 20: anyone who takes the path acme/web may assume the role',
    ]);
  });

  test('an id that is pinned, and one that is another', () => {
    expect(roleChanges({ projects: [WEB] }, { projects: [{ ...WEB, id: 20 }] })).toEqual([
      '- acme/web (id 20) branch main may assume deploy: now only the project with id 20',
    ]);
    expect(
      roleChanges({ projects: [{ ...WEB, id: 20 }] }, { projects: [{ ...WEB, id: 21 }] }),
    ).toEqual([
      '~ acme/web (id 21) branch main may assume deploy: now the project with id 21, no longer the one with id 20',
    ]);
  });

  test('an id that AWS cannot see changes nothing', () => {
    const gitlab = SELF_MANAGED;
    expect(
      roleChanges({ projects: [WEB] }, { projects: [{ ...WEB, id: 20 }] }, { gitlab }),
    ).toEqual([]);
  });

  test('a namespace is shown even where the id is pinned too', () => {
    expect(
      roleChanges(
        { projects: [{ ...WEB, id: 20, namespace_id: 7 }] },
        { projects: [{ ...WEB, id: 20 }] },
      ),
    ).toEqual(['+ acme/web (id 20) branch main may assume deploy: no longer namespace_id 7']);
  });

  test('another form of subject must be set in GitLab first', () => {
    const projects = [{ ...WEB, id: 20 }];
    const sub_components = ['project_id' as const, 'ref_type' as const, 'ref' as const];
    const [before, after] = [
      { gitlab: SELF_MANAGED },
      { gitlab: { ...SELF_MANAGED, sub_components } },
    ];
    expect(
      changes(
        { ...before, roles: [role({ projects })] },
        { ...after, roles: [role({ projects })] },
      ),
    ).toEqual([
      '~ acme/web (id 20) branch main may assume deploy: now only the project with id 20; only once its subject in GitLab is of the form project_id:ref_type:ref',
    ]);
  });

  test('a project whose subject holds its id only may be renamed', () => {
    const gitlab = { ...SELF_MANAGED, sub_components: ['project_id', 'ref_type', 'ref'] } as const;
    expect(
      roleChanges(
        { projects: [{ path: 'acme/old', id: 20 }] },
        { projects: [{ path: 'acme/new', id: 20 }] },
        { gitlab: { ...gitlab, sub_components: [...gitlab.sub_components] } },
      ),
    ).toEqual([]);
  });
});

describe('roles', () => {
  test('a new role says what it may do and who gets in', () => {
    const added = role({ name: 'read', permissions: { s3: { read: ['my-bucket'] } } });
    expect(changes({}, { roles: [role(), added] })).toEqual([
      '+ role read is new, with a job .aws-role-read to extend; it may: read S3 my-bucket',
      '+ acme/web branch main may now assume read',
    ]);
  });

  test('a role that is removed takes access from those it allowed', () => {
    expect(changes({ roles: [role(), role({ name: 'read' })] }, {})).toEqual([
      '- role read is removed from AWS; there is no job .aws-role-read to extend any more',
      '- acme/web branch main may no longer assume read',
    ]);
  });

  test('another name is another role in AWS, and its jobs must follow', () => {
    expect(roleChanges({ projects: [WEB, API] }, { name: 'ship', projects: [WEB, API] })).toEqual([
      '~ role deploy is named ship now: AWS makes a new role with a new ARN and deletes the old one. Jobs of acme/web and acme/api must extend .aws-role-ship in place of .aws-role-deploy',
    ]);
  });

  test('another path is another ARN', () => {
    expect(roleChanges({}, { path: '/gitlab/' })).toEqual([
      '~ role deploy goes from path / to /gitlab/: AWS makes a new role with a new ARN and deletes the old one. Jobs of acme/web that name the ARN themselves must name the new one',
    ]);
  });

  test('boundary, session and tags', () => {
    const permissions_boundary = 'arn:aws:iam::123456789012:policy/edge';
    expect(
      roleChanges({}, { permissions_boundary, session_duration: 7200, tags: { Team: 'web' } }),
    ).toEqual([
      `- deploy is now bounded by ${permissions_boundary}`,
      '+ a session of deploy may now last 7200 seconds, before 3600',
      '~ deploy has other tags; a policy that looks at aws:PrincipalTag may decide otherwise',
    ]);
  });

  test('a project that the quota puts into another part of its role must extend another job', () => {
    const project = (n: number) => ({ path: `acme/services/service-${n}`, id: 1000 + n });
    const projects = Array.from({ length: 8 }, (_, n) => project(n));
    const before = blueprintOf(answers({ roles: [role({ projects })] }));
    const lastOfFirst = before.stacks[0].roles[0]?.grants.at(-1)?.path ?? '';
    const after = [project(99), ...projects];
    const reported = roleChanges({ projects }, { projects: after });
    expect(reported).toContain(
      '+ acme/services/service-99 (id 1099) branch main may now assume deploy',
    );
    const id = projects.find(({ path }) => path === lastOfFirst)?.id ?? 0;
    expect(reported).toContain(
      `~ ${lastOfFirst} (id ${id}) branch main may assume deploy-2 in place of deploy, so the role ARN of its jobs changes: they must extend .aws-role-deploy-2`,
    );
    expect(reported.filter((line) => line.includes('may no longer'))).toEqual([]);
  });
});

describe('what a role may do', () => {
  test('packs, in words', () => {
    expect(
      roleChanges(
        { permissions: { s3: { read: ['bucket-a'] }, ec2: { access: 'read' } } },
        {
          permissions: {
            s3: { read: ['bucket-a', 'bucket-b'] },
            ecr_push: { repositories: ['x'] },
          },
        },
      ),
    ).toEqual([
      '+ deploy may now read S3 bucket-a, bucket-b; before: read S3 bucket-a',
      '+ deploy may now push images to ECR x',
      '- deploy may no longer view EC2 instances',
    ]);
    expect(
      roleChanges(
        { permissions: { s3: { write: ['bucket-a'] } } },
        { permissions: { s3: { read: ['bucket-a'] } } },
      ),
    ).toEqual(['- deploy may now read S3 bucket-a; before: read and write S3 bucket-a']);
  });

  test('managed policies, whether by name or by ARN', () => {
    const own = 'arn:aws:iam::123456789012:policy/own';
    expect(
      roleChanges(
        { permissions: { managed_policies: ['ReadOnlyAccess', 'job-function/ViewOnlyAccess'] } },
        { permissions: { managed_policies: ['arn:aws:iam::aws:policy/ReadOnlyAccess', own] } },
      ),
    ).toEqual([
      `+ deploy gets the managed policy ${own}`,
      '- deploy loses the managed policy job-function/ViewOnlyAccess',
    ]);
  });

  test('inline policies by what they permit', () => {
    const inline = (Action: string | string[], Effect = 'Allow') => ({
      permissions: {
        inline_policies: [
          {
            name: 'own',
            policy: { Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] },
          },
        ],
      },
    });
    const one = inline('s3:GetObject');
    const two = inline(['s3:PutObject', 's3:GetObject']);
    expect(roleChanges({ permissions: {} }, one)).toEqual(['+ deploy gets the inline policy own']);
    expect(roleChanges(one, two)).toEqual([
      '+ the inline policy own of deploy has other statements',
    ]);
    expect(roleChanges(two, one)).toEqual([
      '- the inline policy own of deploy has other statements',
    ]);
    expect(roleChanges(one, inline('s3:GetObject', 'Deny'))).toEqual([
      '~ the inline policy own of deploy has other statements',
    ]);
  });
});

describe('what is shared by all', () => {
  test('issuer, audience, account', () => {
    expect(
      changes(
        { gitlab: SELF_MANAGED },
        {
          gitlab: { url: 'https://git.example.org', audience: 'sts.amazonaws.com' },
          aws: { region: 'eu-west-1', account_id: '999999999999' },
        },
      ),
    ).toEqual([
      '~ tokens of https://git.example.org are accepted now, those of https://gitlab.example.com no longer',
      '~ a token must now carry the audience sts.amazonaws.com, no longer https://gitlab.example.com',
      '~ the roles are in account 999999999999 now, previously in account 123456789012',
    ]);
  });

  test('the provider', () => {
    const thumbprints = ['9e99a48a9960b14926bb7f3b02e22da2b0ab7280'];
    expect(
      changes(
        { gitlab: SELF_MANAGED },
        { gitlab: SELF_MANAGED, provider: { mode: 'create', thumbprints } },
      ),
    ).toEqual([
      '~ the certificate of https://gitlab.example.com is checked against the thumbprints 9e99a48a9960b14926bb7f3b02e22da2b0ab7280 now',
    ]);
    expect(changes({}, { provider: { mode: 'existing' } })).toEqual([
      '~ another repository now manages the OIDC provider; Terraform deletes the one for https://gitlab.com, and AWS denies every job, unless you remove it from this state first',
    ]);
  });
});
