import type { GroupHeld, Holdings, ProjectHeld } from './holdings.ts';

/** An answer of the API, before it is cut into pages. */
export type Reply =
  | { readonly body: unknown }
  | { readonly list: readonly object[]; readonly keyset: 'id_after' | 'page_token' | undefined }
  | { readonly moved: string }
  | { readonly absent: string };

const OWN_COMPONENTS = ['project_path', 'ref_type', 'ref'];

/** What GitLab's documented API says to a question. */
export function replyTo(holdings: Holdings, url: URL): Reply {
  const [, ...parts] =
    url.pathname.split('/api/v4/').at(-1)?.split('/').map(decodeURIComponent) ?? [];
  const first = decodeURIComponent(url.pathname.split('/api/v4/')[1]?.split('/')[0] ?? '');
  const search = url.searchParams.get('search') ?? '';
  const version = { version: holdings.version, revision: 'ceb07b24cb0' };
  if (first === 'version') return { body: version };
  if (first === 'metadata') {
    return holdings.version.startsWith('15.1')
      ? { absent: '404 Not Found' }
      : {
          body: {
            ...version,
            enterprise: holdings.version.endsWith('-ee'),
            kas: { enabled: false },
          },
        };
  }
  if (first === 'user') return { body: { id: 1, username: 'john_smith', state: 'active' } };
  if (first === 'namespaces' && parts[1] === 'exists') {
    const [path = ''] = parts;
    const taken = [
      ...holdings.groups.map(({ full_path }) => full_path),
      ...(holdings.hiddenNamespaces ?? []),
    ];
    const exists = taken.includes(path);
    return { body: { exists, suggests: exists ? [`${path}1`] : [] } };
  }
  if (first === 'groups' && parts[0] !== undefined) {
    const [wanted = '', what] = parts;
    const moved = holdings.groups.find(({ formerPaths }) => formerPaths?.includes(wanted));
    if (moved) return { moved: `groups/${moved.id}` };
    const group = holdings.groups.find(
      (held) => String(held.id) === wanted || held.full_path === wanted,
    );
    if (group && what === 'projects') {
      const below = `${group.full_path}/`;
      return {
        list: holdings.projects
          .filter(({ path }) => path.startsWith(below))
          .filter(
            ({ archived = false }) => !archived || url.searchParams.get('archived') !== 'false',
          )
          .map(simple),
        keyset: undefined,
      };
    }
    if (group && what === 'members')
      return group.isMember === true
        ? { body: { id: 1, username: 'john_smith', access_level: 30 } }
        : { absent: '404 Not found' };
    return group ? { body: wholeGroup(group) } : { absent: '404 Group Not Found' };
  }
  if (first === 'groups') {
    return {
      list: holdings.groups.filter(({ full_path }) => full_path.includes(search)).map(wholeGroup),
      keyset: undefined,
    };
  }
  const [id, ...rest] = parts;
  if (first !== 'projects') return { absent: '404 Not Found' };
  if (id === undefined) {
    const keyset = url.searchParams.get('pagination') === 'keyset' ? 'id_after' : undefined;
    return {
      list: holdings.projects
        .filter(({ path }) => path.includes(search))
        .filter(({ foreign }) => url.searchParams.get('membership') !== 'true' || !foreign)
        .map(simple),
      keyset,
    };
  }
  const project = holdings.projects.find((held) => String(held.id) === id || held.path === id);
  if (!project) {
    const moved = holdings.projects.find(({ formerPaths }) => formerPaths?.includes(id));
    return moved ? { moved: `projects/${moved.id}` } : { absent: '404 Project Not Found' };
  }
  return replyAbout(project, rest.join('/'), url);
}

function replyAbout(project: ProjectHeld, what: string, url: URL): Reply {
  const keyset = url.searchParams.get('pagination') === 'keyset' ? 'page_token' : undefined;
  const refs = (names: readonly string[], rules: readonly { readonly name: string }[]): Reply => ({
    list: names
      .filter((name) => fits(name, url.searchParams.get('search') ?? ''))
      .map((name) => ({ name, protected: rules.some((rule) => covers(rule.name, name)) })),
    keyset,
  });
  const { branches = ['main'], tags = [], protectedBranches = [], protectedTags = [] } = project;
  switch (what) {
    case '':
      return { body: full(project) };
    case 'repository/branches':
      return refs([...branches].sort(), protectedBranches);
    case 'repository/tags':
      return refs([...tags].sort(), protectedTags);
    case 'protected_branches':
      return {
        list: protectedBranches.map(({ name, push = 'Maintainers' }, index) => ({
          id: index + 1,
          name,
          push_access_levels: [{ id: 1, access_level: 40, access_level_description: push }],
          merge_access_levels: [
            { id: 1, access_level: 40, access_level_description: 'Maintainers' },
          ],
          allow_force_push: false,
        })),
        keyset: undefined,
      };
    case 'protected_tags':
      return {
        list: protectedTags.map(({ name, create = 'Maintainers' }) => ({
          name,
          create_access_levels: [{ id: 1, access_level: 40, access_level_description: create }],
        })),
        keyset: undefined,
      };
    default:
      return oneRef(project, what) ?? rule(project, what);
  }
}

/** One branch or tag by its own name. */
function oneRef(project: ProjectHeld, what: string): Reply | undefined {
  const [, list, name = ''] = /^repository\/(branches|tags)\/(.*)$/s.exec(what) ?? [];
  if (list === undefined) return undefined;
  const { branches = ['main'], tags = [], protectedBranches = [], protectedTags = [] } = project;
  const [names, rules] = list === 'tags' ? [tags, protectedTags] : [branches, protectedBranches];
  return names.includes(name)
    ? { body: { name, protected: rules.some((one) => covers(one.name, name)) } }
    : { absent: list === 'tags' ? '404 Tag Not Found' : '404 Branch Not Found' };
}

/** One protection rule by its own name. */
function rule({ protectedBranches = [], protectedTags = [] }: ProjectHeld, what: string): Reply {
  const [, list, name] = /^protected_(branches|tags)\/(.*)$/s.exec(what) ?? [];
  const rules = list === 'branches' ? protectedBranches : protectedTags;
  return rules.some((held) => held.name === name)
    ? { body: { name } }
    : { absent: '404 Not found' };
}

/** `^term` begins, `term$` ends, else it holds. */
function fits(name: string, search: string): boolean {
  if (search.startsWith('^')) return name.startsWith(search.slice(1));
  if (search.endsWith('$')) return name.endsWith(search.slice(0, -1));
  return name.includes(search);
}

function covers(rule: string, name: string): boolean {
  const source = rule
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(name);
}

function wholeGroup(group: GroupHeld) {
  const { id, full_path, visibility = 'private', takesRequests = true, deletion = null } = group;
  return {
    id,
    full_path,
    visibility,
    request_access_enabled: takesRequests,
    marked_for_deletion_on: deletion,
  };
}

function simple({ id, path, visibility = 'private', branches = ['main'] }: ProjectHeld) {
  return {
    id,
    description: null,
    name: path.split('/').at(-1),
    path: path.split('/').at(-1),
    path_with_namespace: path,
    default_branch: branches[0] ?? null,
    last_activity_at: '2026-01-01T00:00:00.000Z',
    visibility,
  };
}

function full(project: ProjectHeld) {
  const { archived = false, namespaceId = 1, forkPipelines = true } = project;
  const { subComponents = OWN_COMPONENTS } = project;
  return {
    ...simple(project),
    namespace: { id: namespaceId, kind: 'group', full_path: project.path.replace(/\/[^/]*$/, '') },
    archived,
    marked_for_deletion_on: project.deletion ?? null,
    ...(subComponents === null
      ? {}
      : {
          ci_id_token_sub_claim_components: subComponents,
          ci_allow_fork_pipelines_to_run_in_parent_project: forkPipelines,
        }),
  };
}
