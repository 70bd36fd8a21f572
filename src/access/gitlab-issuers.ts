import { GITLAB_COM, issuerOfArn } from '../iam/condition-keys.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { isGitlabSubject } from '../iam/subject.ts';

/** Issuers whose subjects may look like a customized GitLab one and are not. */
const OTHERS = [/(^|\.)githubusercontent\.com$/i, /^token\.actions\./i];
const GITLAB_NAME = /(^|[.-])gitlab([.-]|$)/i;

/**
 * Which issuers are GitLabs, by all the policies of an input: an issuer that one role trusts with a GitLab subject is a
 * GitLab to every other role, whatever its host is called.
 *
 * @param known issuers that are known to be GitLab, without `https://`
 */
export function gitlabIssuers(
  policies: readonly TrustPolicy[],
  known: readonly string[] = [],
): (issuer: string) => boolean {
  const proven = new Set([GITLAB_COM, ...known].map((one) => one.toLowerCase()));
  for (const { principal, conditions } of policies.flatMap(({ statements }) => statements)) {
    const asks = conditions.filter(
      ({ claim, values }) => claim === 'sub' && values.some(({ text }) => isGitlabSubject(text)),
    );
    const trusted = principal.entries.map(({ value }) => issuerOfArn(value)?.toLowerCase());
    for (const { issuer } of asks) {
      if (trusted.includes(issuer.toLowerCase())) proven.add(issuer.toLowerCase());
    }
  }
  return (issuer) => {
    const [host = ''] = issuer.split('/');
    if (OTHERS.some((other) => other.test(host))) return false;
    return proven.has(issuer.toLowerCase()) || GITLAB_NAME.test(host);
  };
}
