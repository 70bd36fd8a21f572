import type { Ref, RefType } from '../ref.ts';

/** What GitLab's API is asked, and nothing else of it. Every question may throw a {@link GitlabFault}. */
export interface Gitlab {
  /** The address of the instance, without a slash at its end. */
  readonly url: string;
  instance(signal?: AbortSignal): Promise<Instance>;
  /** The name of the user the token is of. */
  user(signal?: AbortSignal): Promise<string>;
  /** Projects whose path holds the words, one's own if there are any, the latest active first; one page of them. */
  searchProjects(words: string, signal?: AbortSignal): Promise<readonly FoundProject[]>;
  /** Groups whose path holds the words; one page of them. */
  searchGroups(words: string, signal?: AbortSignal): Promise<readonly FoundGroup[]>;
  /** A project by its id or path, wherever it is now; `undefined` where the token sees none. */
  project(idOrPath: number | string, signal?: AbortSignal): Promise<GitlabProject | undefined>;
  /** A group by its id or path, wherever it is now; `undefined` where the token sees none. */
  group(idOrPath: number | string, signal?: AbortSignal): Promise<GitlabGroup | undefined>;
  /** All projects of a group and its subgroups that are not archived. */
  projectsOf(group: string, signal?: AbortSignal): Promise<readonly FoundProject[]>;
  /** Branches or tags whose name begins so, all of them. */
  refs(
    project: number,
    type: RefType,
    prefix: string,
    signal?: AbortSignal,
  ): Promise<readonly FoundRef[]>;
  /** Branches or tags whose name holds the words; one page of them. */
  searchRefs(
    project: number,
    type: RefType,
    words: string,
    signal?: AbortSignal,
  ): Promise<readonly FoundRef[]>;
  /** What is protected, by name or by wildcard; `undefined` where the token may not see it. */
  protections(
    project: number,
    type: RefType,
    signal?: AbortSignal,
  ): Promise<readonly Protection[] | undefined>;
  /** A branch or tag of exactly this name; `undefined` where there is none. */
  ref(project: number, ref: Ref, signal?: AbortSignal): Promise<FoundRef | undefined>;
  /** Whether a group or user has this path at the top level, which GitLab says of those it hides, too. */
  hasNamespace(path: string, signal?: AbortSignal): Promise<boolean>;
  /** Whether the token's owner is a member of a group, or of one above it, and so sees all projects in it. */
  isMemberOf(group: string, signal?: AbortSignal): Promise<boolean>;
}

interface Instance {
  /** As GitLab says it, such as `18.5.1-ee`. */
  readonly version: string;
  /** `undefined` before 15.6, which does not say. */
  readonly enterprise: boolean | undefined;
}

export interface FoundProject {
  readonly id: number;
  readonly path: string;
  readonly visibility: string | undefined;
}

export interface FoundGroup {
  readonly id: number;
  readonly path: string;
  readonly visibility: string | undefined;
}

export interface GitlabGroup extends FoundGroup {
  /** The day on which it is marked to be deleted. */
  readonly deletion: string | undefined;
  /** Whether people may ask to become members. */
  readonly takesRequests: boolean | undefined;
}

export interface GitlabProject extends FoundProject {
  readonly namespaceId: number;
  /** `undefined` for an empty repository. */
  readonly defaultBranch: string | undefined;
  readonly archived: boolean;
  /** The day on which it is marked to be deleted. */
  readonly deletion: string | undefined;
  /** `ci_id_token_sub_claim_components`; `undefined` before GitLab 17.10, or where the token may not see it. */
  readonly subComponents: readonly string[] | undefined;
  /** Whether merge requests of forks may run in this project's pipelines, with its rights; see {@link subComponents}. */
  readonly forkPipelines: boolean | undefined;
}

export interface FoundRef {
  readonly name: string;
  readonly protected: boolean;
}

/** A protected branch or tag, or all that match a wildcard. */
export interface Protection {
  /** `*` is the wildcard. */
  readonly name: string;
  /** Who may push, or create the tag, in GitLab's own words. */
  readonly allowed: readonly string[];
}
