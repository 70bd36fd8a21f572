import {
  Branches,
  Groups,
  Metadata,
  Projects,
  ProtectedBranches,
  ProtectedTags,
  Tags,
  Users,
} from '@gitbeaker/core';
import * as v from 'valibot';
import {
  GroupAnswer,
  InstanceAnswer,
  ProjectAnswer,
  ProjectsAnswer,
  ProtectionsAnswer,
  read,
  RefsAnswer,
  UserAnswer,
} from './answers.ts';
import type { FoundGroup, FoundRef, Gitlab, Project, Protection } from './gitlab.ts';
import { proxyAgent } from '../../network/proxy-agent.ts';
import type { Line, Patience } from './requester.ts';
import { resourceOptions } from './resource-options.ts';
import { unless } from './unless.ts';

/** Choices at a time, as many as a person looks through. */
const ONE_PAGE = { perPage: 20, maxPages: 1 } as const;

const BY_NAME = { orderBy: 'name', sort: 'asc' } as const;

/** As many as GitLab gives at once. */
const FULL_PAGE = 100;

const PATIENCE: Patience = { timeout: 10_000, pause: 500 };

export interface Access {
  /** Address of the instance, as `normaliseUrl` gives it. */
  readonly url: string;
  readonly token: string;
  /** Certificates to trust, in PEM, in place of Node's own. */
  readonly ca?: readonly string[] | undefined;
  /** `HTTPS_PROXY` and `NO_PROXY` are read. */
  readonly environment: NodeJS.ProcessEnv;
  readonly patience?: Patience;
}

/** A GitLab to ask; nothing is sent before the first question. */
export async function openGitlab(access: Access): Promise<Gitlab> {
  const base = new URL(`${access.url}/`);
  const line: Line = {
    base,
    token: access.token,
    agent: await proxyAgent(base.hostname, access.environment),
    ca: access.ca,
    patience: access.patience ?? PATIENCE,
  };
  const options = (signal?: AbortSignal) => resourceOptions(line, signal);

  return {
    url: access.url,
    async instance(signal) {
      const metadata = new Metadata(options(signal));
      const said = await unless(['absent'], () => metadata.show());
      const { version, enterprise } = read(
        InstanceAnswer,
        said ?? (await metadata.requester.get('version')).body,
      );
      return { version, enterprise };
    },
    async user(signal) {
      return read(UserAnswer, await new Users(options(signal)).showCurrentUser()).username;
    },
    async searchProjects(words, signal) {
      const search = async (membership: boolean) =>
        read(
          ProjectsAnswer,
          await new Projects(options(signal)).all({
            ...(words === '' ? {} : { search: words, searchNamespaces: true }),
            membership,
            simple: true,
            orderBy: 'last_activity_at',
            sort: 'desc',
            ...ONE_PAGE,
          }),
        );
      const own = await search(true);
      // The token may see projects that its owner is no member of, as an administrator does.
      const found = own.length > 0 || words === '' ? own : await search(false);
      return found.map(({ id, path_with_namespace: path, visibility }) => ({
        id,
        path,
        visibility: visibility ?? undefined,
      }));
    },
    async searchGroups(words, signal) {
      const found = await new Groups(options(signal)).all({
        ...(words === '' ? {} : { search: words }),
        ...ONE_PAGE,
      });
      return read(v.array(GroupAnswer), found).map(groupOf);
    },
    async project(idOrPath, signal) {
      const found = await unless(['absent'], () => new Projects(options(signal)).show(idOrPath));
      return found && projectOf(found);
    },
    async group(idOrPath, signal) {
      const found = await unless(['absent'], () =>
        new Groups(options(signal)).show(idOrPath, { withProjects: false }),
      );
      return found && groupOf(read(GroupAnswer, found));
    },
    async refs(project, type, prefix, signal) {
      const search = prefix === '' ? {} : { search: `^${prefix}` };
      const pages = { pagination: 'keyset', perPage: FULL_PAGE } as const;
      const found =
        type === 'branch'
          ? await new Branches(options(signal)).all(project, { ...search, ...pages })
          : await new Tags(options(signal)).all(project, { ...search, ...pages, ...BY_NAME });
      return refsOf(found);
    },
    async searchRefs(project, type, words, signal) {
      const page = { ...(words === '' ? {} : { search: words }), ...ONE_PAGE };
      const resource =
        type === 'branch' ? new Branches(options(signal)) : new Tags(options(signal));
      return refsOf(await resource.all(project, page));
    },
    async protections(project, type, signal) {
      const resource =
        type === 'branch'
          ? new ProtectedBranches(options(signal))
          : new ProtectedTags(options(signal));
      const found = await unless(['absent', 'forbidden'], () =>
        resource.all(project, { perPage: FULL_PAGE }),
      );
      return found && protectionsOf(found);
    },
  };
}

function projectOf(answer: unknown): Project {
  const found = read(ProjectAnswer, answer);
  return {
    id: found.id,
    path: found.path_with_namespace,
    visibility: found.visibility ?? undefined,
    namespaceId: found.namespace.id,
    defaultBranch: found.default_branch ?? undefined,
    archived: found.archived ?? false,
    subComponents: found.ci_id_token_sub_claim_components ?? undefined,
    forkPipelines: found.ci_allow_fork_pipelines_to_run_in_parent_project ?? undefined,
  };
}

function groupOf({
  id,
  full_path: path,
  visibility,
}: v.InferOutput<typeof GroupAnswer>): FoundGroup {
  return { id, path, visibility: visibility ?? undefined };
}

function refsOf(answer: unknown): FoundRef[] {
  return read(RefsAnswer, answer).map(({ name, protected: isProtected }) => ({
    name,
    protected: isProtected ?? false,
  }));
}

function protectionsOf(answer: unknown): Protection[] {
  return read(ProtectionsAnswer, answer).map(
    ({ name, push_access_levels, create_access_levels }) => ({
      name,
      allowed: (push_access_levels ?? create_access_levels ?? []).map(
        ({ access_level_description: who }) => who ?? 'somebody',
      ),
    }),
  );
}
