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
