import type { Holdings } from '../../support/stand-ins/gitlab-server/holdings.ts';
import type { AccountSpec, RoleSpec } from '../estate/dump.ts';
import { ACME, allow, COM, comProject, federated, project } from '../estate/statements.ts';

export const ID = '111111111111';

interface Trusted {
  /** `project_path:…`, in which `*` is a wildcard. */
  readonly sub: string;
  readonly id?: number;
  readonly isProtected?: boolean;
}

function trusting({ sub, id, isProtected }: Trusted): object {
  const isPattern = sub.includes('*');
  return federated(ID, COM, {
    StringEquals: {
      [`${COM}:aud`]: `https://${COM}`,
      ...(!isPattern && { [`${COM}:sub`]: sub }),
      ...(id !== undefined && { [`${COM}:project_id`]: String(id) }),
      ...(isProtected === true && { [`${COM}:ref_protected`]: 'true' }),
    },
    ...(isPattern && { StringLike: { [`${COM}:sub`]: sub } }),
  });
}

const onMain = (path: string) => `project_path:${path}:ref_type:branch:ref:main`;
const role = (name: string, ...trust: readonly object[]): RoleSpec => ({
  name,
  trust,
  permissions: [allow('s3:GetObject', `arn:aws:s3:::${name}/*`)],
});

/** What is planted: by role, the rules that must find something, and how sure. */
export const PLANTED: Readonly<Record<string, readonly string[]>> = {
  'in-a-free-group': ['AUD012 error'],
  'in-a-free-group-by-id': ['AUD012 warning', 'AUD015 warning'],
  'in-a-renamed-group': ['AUD012 error', 'AUD014 warning'],
  'of-a-taken-path': ['AUD013 error'],
  'of-a-moved-project': ['AUD014 warning'],
  'of-a-deleted-project': ['AUD015 warning'],
  'of-a-hidden-project': ['AUD015 undetermined'],
  'of-no-project-with-that-id': ['AUD015 undetermined'],
  'of-a-leaving-project': ['AUD016 warning'],
  'of-a-leaving-group': ['AUD016 warning'],
  'of-an-archived-project': ['AUD017 warning'],
  'of-a-missing-branch': ['AUD018 warning'],
  'of-an-open-branch': ['AUD019 warning'],
  'of-open-branches': ['AUD019 warning'],
  'of-open-tags': ['AUD020 warning'],
  'of-an-open-group': ['AUD021 warning'],
  'of-projects-in-an-open-group': ['AUD021 warning'],
};

const FAULTY: readonly RoleSpec[] = [
  role('in-a-free-group', trusting({ sub: onMain('vanished/app') })),
  role('in-a-free-group-by-id', trusting({ sub: onMain('vanished/app'), id: 999 })),
  role('in-a-renamed-group', trusting({ sub: onMain('oldco/app') })),
  role('of-a-taken-path', trusting({ sub: onMain('acme/taken'), id: 30 })),
  role('of-a-moved-project', trusting({ sub: onMain('acme/old'), id: 32 })),
  role('of-a-deleted-project', trusting({ sub: onMain('acme/deleted'), id: 33 })),
  role('of-a-hidden-project', trusting({ sub: onMain('strangers/app') })),
  role(
    'of-no-project-with-that-id',
    federated(ID, COM, {
      StringEquals: {
        [`${COM}:aud`]: `https://${COM}`,
        [`${COM}:sub`]: 'project_id:998:ref_type:branch:ref:main',
      },
    }),
  ),
  role('of-a-leaving-project', trusting({ sub: onMain('acme/leaving'), id: 34 })),
  role('of-a-leaving-group', trusting({ sub: 'project_path:leaving/*', isProtected: true })),
  role('of-an-archived-project', trusting({ sub: onMain('acme/attic'), id: 35 })),
  role(
    'of-a-missing-branch',
    trusting({ sub: 'project_path:acme/app:ref_type:branch:ref:develop', id: 1 }),
  ),
  role('of-an-open-branch', trusting({ sub: onMain('acme/loose'), id: 36 })),
  role(
    'of-open-branches',
    trusting({ sub: 'project_path:acme/app:ref_type:branch:ref:hotfix/*', id: 1 }),
  ),
  role('of-open-tags', trusting({ sub: 'project_path:acme/loose:ref_type:tag:ref:v*', id: 36 })),
  role('of-an-open-group', trusting({ sub: 'project_path:open/*', isProtected: true })),
  role('of-projects-in-an-open-group', trusting({ sub: 'project_path:open/app-*', isProtected: true })), // prettier-ignore
];

const SOUND: readonly RoleSpec[] = [
  role('app', comProject(ID, 'acme/app', 1)),
  role('app-again', comProject(ID, 'acme/app', 1), trusting({ sub: onMain('acme/app'), id: 1 })),
  role('app-by-path', trusting({ sub: onMain('acme/app') })),
  role(
    'releases',
    trusting({ sub: 'project_path:acme/app:ref_type:branch:ref:release/1.*', id: 1 }),
  ),
  role('tags', trusting({ sub: 'project_path:acme/app:ref_type:tag:ref:v*', id: 1 })),
  role('any-branch', trusting({ sub: 'project_path:acme/app:ref_type:branch:ref:*', id: 1 })),
  role(
    'guarded-by-aws',
    trusting({ sub: 'project_path:acme/loose:ref_type:*', id: 36, isProtected: true }),
  ),
  role('private-group', trusting({ sub: 'project_path:acme/*', isProtected: true })),
  role('closed-group', trusting({ sub: 'project_path:closed/*', isProtected: true })),
  role('of-another-gitlab', project(ID, 997)),
];

export const ACCOUNT: AccountSpec = {
  id: ID,
  roles: [...FAULTY, ...SOUND],
  providers: [
    { host: COM, clientIds: [`https://${COM}`] },
    { host: ACME, clientIds: [`https://${ACME}`] },
  ],
};

const guarded = { protectedBranches: [{ name: 'main' }] };

export const HOLDINGS: Holdings = {
  version: '18.5.1-ee',
  hiddenNamespaces: ['strangers'],
  groups: [
    { id: 100, full_path: 'acme', isMember: true },
    { id: 101, full_path: 'open', visibility: 'public' },
    { id: 102, full_path: 'closed', visibility: 'public', takesRequests: false },
    { id: 103, full_path: 'newco' },
    {
      id: 104,
      full_path: 'leaving-deletion_scheduled-104',
      formerPaths: ['leaving'],
      deletion: '2026-12-20',
    },
    // GitLab frees a path when it renames what is to be deleted; somebody took this one.
    { id: 105, full_path: 'leaving' },
  ],
  projects: [
    {
      id: 1,
      path: 'acme/app',
      branches: ['main', 'release/1.0', 'hotfix/1'],
      protectedBranches: [{ name: 'main' }, { name: 'release/*' }],
      protectedTags: [{ name: 'v*' }],
    },
    { id: 2, path: 'newco/app', formerPaths: ['oldco/app'], ...guarded },
    { id: 31, path: 'acme/taken', ...guarded },
    { id: 32, path: 'acme/new', formerPaths: ['acme/old'], ...guarded },
    {
      id: 34,
      path: 'acme/leaving-deletion_scheduled-34',
      formerPaths: ['acme/leaving'],
      deletion: '2026-12-20',
      ...guarded,
    },
    { id: 35, path: 'acme/attic', archived: true, ...guarded },
    { id: 36, path: 'acme/loose' },
  ],
};
