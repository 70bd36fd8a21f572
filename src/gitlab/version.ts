/** A GitLab release: major, minor and patch. */
export type Version = readonly [major: number, minor: number, patch: number];

/** Reads what GitLab says of itself, such as `18.5.1-ee` or `19.2.0-pre`; `undefined` for anything else. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch] =
    /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[-+.]|$)/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch ?? 0)];
}

/** Whether a release is this one or a later one. */
export function isAtLeast(version: Version, least: Version): boolean {
  for (const [index, part] of version.entries()) {
    const other = least[index] ?? 0;
    if (part !== other) return part > other;
  }
  return true;
}

/** Releases from which on GitLab can do what the questions are about. */
export const SINCE = {
  /** @see https://docs.gitlab.com/ci/yaml/#id_tokens */
  idTokens: [15, 7, 0],
  /** @see https://docs.gitlab.com/api/projects/ (ci_id_token_sub_claim_components) */
  subComponents: [17, 10, 0],
  /** Tokens of a fork's merge request carry the fork's path. */
  forkTokens: [18, 2, 2],
  protectionInSubject: [18, 7, 0],
  /** A subject may begin with the project's id, and a path that another project once had gives no tokens. */
  reclaimedPaths: [19, 1, 0],
} as const satisfies Record<string, Version>;
