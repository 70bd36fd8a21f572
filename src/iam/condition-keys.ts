import type { RequestContext } from './evaluate/request.ts';

/**
 * What AWS reads from the token of any OIDC provider.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export const ANY_ISSUER_CLAIMS: readonly string[] = ['sub', 'aud'];

/** What AWS reads in addition from gitlab.com's, and from no other GitLab's. */
export const GITLAB_COM_CLAIMS: readonly string[] = [
  'namespace_id',
  'project_id',
  'ref_protected',
  'pipeline_source',
  'runner_environment',
  'user_access_level',
  'user_email',
  'user_id',
  'user_login',
];

export const GITLAB_COM = 'gitlab.com';

/** The claims of a token that become condition keys for this issuer (`gitlab.example.com/gitlab`). */
export function claimsOf(issuer: string): readonly string[] {
  return issuer.toLowerCase() === GITLAB_COM
    ? [...ANY_ISSUER_CLAIMS, ...GITLAB_COM_CLAIMS]
    : ANY_ISSUER_CLAIMS;
}

/** The request context that AWS makes of a token's claims; the others never reach a policy. */
export function contextOf(
  issuer: string,
  claims: Readonly<Record<string, unknown>>,
): RequestContext {
  const entries = claimsOf(issuer).flatMap((claim): [string, string | string[]][] => {
    const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
    if (Array.isArray(value)) return [[`${issuer}:${claim}`, value.map(String)]];
    const scalar = ['string', 'number', 'boolean'].includes(typeof value);
    return scalar ? [[`${issuer}:${claim}`, String(value)]] : [];
  });
  return Object.fromEntries(entries);
}

/** `gitlab.com:sub` taken apart; the issuer may hold a path, and a port by mistake. */
export interface ConditionKey {
  readonly issuer: string;
  readonly claim: string;
}

export function readKey(key: string): ConditionKey {
  const colon = key.lastIndexOf(':');
  return { issuer: key.slice(0, Math.max(colon, 0)), claim: key.slice(colon + 1).toLowerCase() };
}

/** `aws:SourceIp`, `sts:RoleSessionName`: keys of AWS itself, not of an issuer. */
export function isAwsKey(key: string): boolean {
  return /^(aws|sts|saml|iam):/i.test(key);
}

/** The issuer inside `arn:aws:iam::123456789012:oidc-provider/gitlab.com`. */
export function issuerOfArn(arn: string): string | undefined {
  return /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/.exec(arn)?.[1];
}

/** The condition prefix of a provider URL: the URL without `https://`. */
export function issuerOfUrl(url: string): string {
  return url.replace(/^[a-z]+:\/\//i, '').replace(/\/$/, '');
}
