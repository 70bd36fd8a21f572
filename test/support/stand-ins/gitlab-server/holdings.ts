/** What a GitLab holds, in the fields of its API's documentation. */
export interface Holdings {
  readonly version: string;
  readonly projects: readonly ProjectHeld[];
  readonly groups: readonly GroupHeld[];
  /** Top-level paths that are taken by users, or by groups that the token does not see. */
  readonly hiddenNamespaces?: readonly string[];
  /** Most entries on a page; 100 where it is left out, as in GitLab. */
  readonly pageSize?: number;
}

export interface GroupHeld {
  readonly id: number;
  readonly full_path: string;
  /** Paths it had before; GitLab redirects them. */
  readonly formerPaths?: readonly string[];
  readonly visibility?: 'private' | 'internal' | 'public';
  readonly takesRequests?: boolean;
  /** Whether the token's owner is a member. */
  readonly isMember?: boolean;
  /** `2026-12-01` */
  readonly deletion?: string;
}

export interface ProjectHeld {
  readonly id: number;
  readonly path: string;
  /** Paths it had before; GitLab redirects them. */
  readonly formerPaths?: readonly string[];
  readonly namespaceId?: number;
  readonly visibility?: 'private' | 'internal' | 'public';
  readonly archived?: boolean;
  /** `2026-12-01` */
  readonly deletion?: string;
  /** Whether the token's owner is no member. */
  readonly foreign?: boolean;
  readonly branches?: readonly string[];
  readonly tags?: readonly string[];
  readonly protectedBranches?: readonly { readonly name: string; readonly push?: string }[];
  readonly protectedTags?: readonly { readonly name: string; readonly create?: string }[];
  /** `null` hides it, as GitLab does from who is no maintainer. */
  readonly subComponents?: readonly string[] | null;
  readonly forkPipelines?: boolean;
}

/** A large instance: 5,000 projects in 50 groups, and one project with 2,000 branches. */
export function largeInstance(
  special: readonly ProjectHeld[] = [],
  version = '18.5.1-ee',
): Holdings {
  const groups = Array.from({ length: 50 }, (_, index) => ({
    id: 100 + index,
    full_path: `group-${String(index).padStart(2, '0')}`,
  }));
  const many = Array.from({ length: 5000 - special.length }, (_, index): ProjectHeld => {
    const group = groups[index % groups.length];
    return {
      id: 10_000 + index,
      path: `${group?.full_path ?? ''}/service-${String(index).padStart(4, '0')}`,
      namespaceId: group?.id ?? 1,
    };
  });
  return { version, groups, projects: [...special, ...many] };
}

/** So many branches to choose from, `main` and releases among them. */
export function manyBranches(count: number): string[] {
  return [
    'main',
    ...Array.from({ length: count - 1 }, (_, index) =>
      index % 100 === 0 ? `release/1.${index / 100}` : `feature/${String(index).padStart(4, '0')}`,
    ),
  ];
}
