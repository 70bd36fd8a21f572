import { accessByShape } from '../access/access-by-shape.ts';
import type { RoleAccess } from '../access/access-of.ts';
import { isKnownOther } from '../access/gitlab-issuers.ts';
import type { Trust } from '../access/trust.ts';

/** The issuers that some roles trust. What is computed for one of the roles serves the others. */
export interface Estate {
  readonly isGitlab: (issuer: string) => boolean;
  /** Who may assume a role with a token of a GitLab. */
  readonly accessOf: (trust: Trust) => RoleAccess;
  /** The same of every issuer that may be a GitLab. */
  readonly accessOfAny: (trust: Trust) => RoleAccess;
}

export function estateOf(isGitlab: (issuer: string) => boolean): Estate {
  return {
    isGitlab,
    accessOf: accessByShape(isGitlab),
    accessOfAny: accessByShape(mayBeGitlab),
  };
}

/** Whether tokens of an issuer may be those of a GitLab that nobody named so. */
export function mayBeGitlab(issuer: string): boolean {
  return !isKnownOther(issuer);
}
