import { GITLAB_COM, issuerOfUrl } from '../iam/condition-keys.ts';

/** An OIDC provider of the role's account, and what is known of it. */
export interface Provider {
  readonly arn: string;
  /** Its URL without `https://`, which is the prefix of its condition keys. */
  readonly issuer: string;
  /** The audiences that it accepts; any, where that is not known. */
  readonly clientIds?: readonly string[];
}

/**
 * Whether a GitLab can be the issuer. `iss` is an address without a slash at its end, and for every group of gitlab.com it
 * is https://gitlab.com.
 */
export function canBeGitlab({ issuer }: Provider): boolean {
  return issuerOfUrl(issuer) === issuer && !issuer.toLowerCase().startsWith(`${GITLAB_COM}/`);
}
