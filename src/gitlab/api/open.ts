import * as v from 'valibot';
import { proxyAgent } from '../../network/proxy-agent.ts';
import type { RefType } from '../ref.ts';
import {
  GroupAnswer,
  InstanceAnswer,
  MemberAnswer,
  NamespaceAnswer,
  ProjectAnswer,
  ProjectsAnswer,
  ProtectionsAnswer,
  RefAnswer,
  RefsAnswer,
  UserAnswer,
} from './answers.ts';
import { BOUNDS, type Bounds } from './bounds.ts';
import { askAll, askOne, type Query } from './client.ts';
import type {
  FoundGroup,
  FoundProject,
  FoundRef,
  Gitlab,
  GitlabGroup,
  GitlabProject,
  Protection,
} from './gitlab.ts';
import type { RequestChannel } from './requester.ts';
import { unless } from './unless.ts';

/** As many choices as a person looks through. */
const ONE_PAGE: Query = { per_page: 20 };

/** Minimal access, the role below, sees no project. @see https://docs.gitlab.com/api/access_requests/ (valid access levels) */
const GUEST = 10;

/** As many as GitLab gives at once. */
const FULL_PAGE = 100;

type FoundAnswer = v.InferOutput<typeof ProjectsAnswer>[number];

function foundProject({ id, path_with_namespace: path, visibility }: FoundAnswer): FoundProject {
  return { id, path, visibility: visibility ?? undefined };
}

/** How to reach one GitLab. */
export interface GitlabConnection {
  /** Address of the instance, as `normalizeUrl` gives it. */
  readonly url: string;
  readonly token: string;
  /** Certificates to trust, in PEM, in place of Node's own. */
  readonly ca?: readonly string[] | undefined;
  /** `HTTPS_PROXY` and `NO_PROXY` are read. */
  readonly environment: NodeJS.ProcessEnv;
  /** Those that differ from {@link BOUNDS}. */
  readonly bounds?: Partial<Bounds>;
}

/** Opens a GitLab for reading. Nothing is sent before the first request. */
export async function openGitlab(connection: GitlabConnection): Promise<Gitlab> {
  const base = new URL(`${connection.url}/`);
  const line: RequestChannel = {
    base,
    token: connection.token,
    agent: await proxyAgent(base.hostname, connection.environment),
    ca: connection.ca,
    bounds: { ...BOUNDS, ...connection.bounds },
    spent: { time: 0, bytes: 0 },
  };

  let owner: Promise<v.InferOutput<typeof UserAnswer>> | undefined;

  return {
    url: connection.url,
    async instance(signal) {
      const ask = (place: string) => askOne(line, InstanceAnswer, place, {}, signal);
      const { version, enterprise } =
        (await unless(['absent'], () => ask('metadata'))) ?? (await ask('version'));
      return { version, enterprise };
    },
    async user(signal) {
      return (await askOne(line, UserAnswer, 'user', {}, signal)).username;
    },
    async searchProjects(words, signal) {
      const search = (membership: boolean) =>
        askOne(
          line,
          ProjectsAnswer,
          'projects',
          {
            ...(words === '' ? {} : { search: words, search_namespaces: true }),
            membership,
            simple: true,
            order_by: 'last_activity_at',
            sort: 'desc',
            ...ONE_PAGE,
          },
          signal,
        );
      const own = await search(true);
      // The token of an administrator sees projects that its owner is not a member of.
      const found = own.length > 0 || words === '' ? own : await search(false);
      return found.map(foundProject);
    },
    async searchGroups(words, signal) {
      const query = { ...(words === '' ? {} : { search: words }), ...ONE_PAGE };
      return (await askOne(line, v.array(GroupAnswer), 'groups', query, signal)).map(foundGroup);
    },
    async project(idOrPath, signal) {
      const found = await unless(['absent'], () =>
        askOne(line, ProjectAnswer, placeOf('projects', idOrPath), {}, signal),
      );
      return found && projectOf(found);
    },
    async group(idOrPath, signal) {
      const found = await unless(['absent'], () =>
        askOne(line, GroupAnswer, placeOf('groups', idOrPath), { with_projects: false }, signal),
      );
      return found && groupOf(found);
    },
    async projectsOf(group, signal) {
      const query = {
        include_subgroups: true,
        archived: false,
        simple: true,
        order_by: 'path',
        sort: 'asc',
        per_page: FULL_PAGE,
      };
      const place = `${placeOf('groups', group)}/projects`;
      return (await askAll(line, ProjectsAnswer, place, query, signal)).map(foundProject);
    },
    async refs(project, type, prefix, signal) {
      const query = {
        ...(prefix === '' ? {} : { search: `^${prefix}` }),
        pagination: 'keyset',
        per_page: FULL_PAGE,
        ...(type === 'branch' ? {} : { order_by: 'name', sort: 'asc' }),
      };
      return refsOf(await askAll(line, RefsAnswer, refsPlace(project, type), query, signal));
    },
    async searchRefs(project, type, words, signal) {
      const query = { ...(words === '' ? {} : { search: words }), ...ONE_PAGE };
      return refsOf(await askOne(line, RefsAnswer, refsPlace(project, type), query, signal));
    },
    async protections(project, type, signal) {
      const place = `${placeOf('projects', project)}/protected_${type === 'branch' ? 'branches' : 'tags'}`;
      const found = await unless(['absent', 'forbidden'], () =>
        askAll(line, ProtectionsAnswer, place, { per_page: FULL_PAGE }, signal),
      );
      return found && protectionsOf(found);
    },
    async ref(project, { type, name }, signal) {
      const place = `${refsPlace(project, type)}/${encodeURIComponent(name)}`;
      const found = await unless(['absent'], () => askOne(line, RefAnswer, place, {}, signal));
      return found && refOf(found);
    },
    async hasNamespace(path, signal) {
      const place = `namespaces/${encodeURIComponent(path)}/exists`;
      return (await askOne(line, NamespaceAnswer, place, {}, signal)).exists;
    },
    async isMemberOf(group, signal) {
      owner ??= askOne(line, UserAnswer, 'user', {}, signal);
      const { id } = await owner;
      const place = `${placeOf('groups', group)}/members/all/${id}`;
      const found = await unless(['absent'], () => askOne(line, MemberAnswer, place, {}, signal));
      return (found?.access_level ?? 0) >= GUEST;
    },
  };
}

function placeOf(kind: 'projects' | 'groups', idOrPath: number | string): string {
  return `${kind}/${encodeURIComponent(idOrPath)}`;
}

function refsPlace(project: number, type: RefType): string {
  return `${placeOf('projects', project)}/repository/${type === 'branch' ? 'branches' : 'tags'}`;
}

function projectOf(found: v.InferOutput<typeof ProjectAnswer>): GitlabProject {
  return {
    id: found.id,
    path: found.path_with_namespace,
    visibility: found.visibility ?? undefined,
    namespaceId: found.namespace.id,
    defaultBranch: found.default_branch ?? undefined,
    archived: found.archived ?? false,
    deletion: found.marked_for_deletion_on ?? undefined,
    subComponents: found.ci_id_token_sub_claim_components ?? undefined,
    forkPipelines: found.ci_allow_fork_pipelines_to_run_in_parent_project ?? undefined,
  };
}

function foundGroup(found: v.InferOutput<typeof GroupAnswer>): FoundGroup {
  const { id, full_path: path, visibility } = found;
  return { id, path, visibility: visibility ?? undefined };
}

function groupOf(found: v.InferOutput<typeof GroupAnswer>): GitlabGroup {
  return {
    ...foundGroup(found),
    deletion: found.marked_for_deletion_on ?? undefined,
    takesRequests: found.request_access_enabled ?? undefined,
  };
}

function refsOf(found: v.InferOutput<typeof RefsAnswer>): FoundRef[] {
  return found.map(refOf);
}

function refOf({ name, protected: isProtected }: v.InferOutput<typeof RefAnswer>): FoundRef {
  return { name, protected: isProtected ?? false };
}

function protectionsOf(found: v.InferOutput<typeof ProtectionsAnswer>): Protection[] {
  return found.map(({ name, push_access_levels, create_access_levels }) => ({
    name,
    allowed: (push_access_levels ?? create_access_levels ?? []).map(
      ({ access_level_description: who }) => who ?? 'someone',
    ),
  }));
}
