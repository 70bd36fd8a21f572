import { accessByShape } from '../access/access-by-shape.ts';
import type { RoleAccess } from '../access/access-of.ts';
import { isKnownOther } from '../access/gitlab-issuers.ts';
import type { Trust } from '../access/trust.ts';

/** The issuers that some roles trust. What is computed for one of the roles serves the others. */
export interface Estate {
  readonly isGitlab: (issuer: string) => boolean;
  /** ISO 8601: no request before it counts. All do where it is left out. */
  readonly since?: string;
  /** Who may assume a role with a token of a GitLab. */
  readonly accessOf: (trust: Trust) => RoleAccess;
  /** The same of every issuer that may be a GitLab. */
  readonly accessOfAny: (trust: Trust) => RoleAccess;
}

/** @param since ISO 8601, where only requests from then on count: what has expired then admits nobody */
export function estateOf(isGitlab: (issuer: string) => boolean, since?: string): Estate {
  return {
    isGitlab,
    ...(since !== undefined && { since }),
    accessOf: accessByShape(isGitlab, since),
    accessOfAny: accessByShape(mayBeGitlab, since),
  };
}

/** Whether tokens of an issuer may be those of a GitLab that nobody named so. */
export function mayBeGitlab(issuer: string): boolean {
  return !isKnownOther(issuer);
}
