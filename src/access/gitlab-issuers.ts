import { GITLAB_COM, issuerOfArn } from '../iam/condition-keys.ts';
import { shapeOfPolicy } from '../iam/evaluate/policy-shape.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { isGitlabSubject } from '../iam/subject.ts';

/** Issuers of other services: what their tokens hold is not known here. */
const OTHERS = [
  /(^|\.)githubusercontent\.com$/i,
  /^token\.actions\./i,
  /^oidc\.eks\.[\w-]+\.amazonaws\.com(\.cn)?$/i,
  /(^|\.)(google|amazonaws|microsoftonline|circleci|bitbucket|buildkite|okta|auth0)\.(com|org)$/i,
  /^app\.terraform\.io$/i,
];
const GITLAB_NAME = /(^|[./-])gitlab([./-]|$)/i;

/** Whether an issuer belongs to a service that is known not to be GitLab. */
export function isKnownOther(issuer: string): boolean {
  const [host = ''] = issuer.split('/');
  return OTHERS.some((other) => other.test(host));
}

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
  // Policies of one shape trust the same issuers with the same forms of subjects.
  const different = new Set(policies.map((one) => shapeOfPolicy(one)?.shape.sample ?? one));
  for (const { principal, conditions } of [...different].flatMap(({ statements }) => statements)) {
    const asks = conditions.filter(
      ({ claim, values }) => claim === 'sub' && values.some(({ text }) => isGitlabSubject(text)),
    );
    const trusted = principal.entries.map(({ value }) => issuerOfArn(value)?.toLowerCase());
    for (const { issuer } of asks) {
      if (trusted.includes(issuer.toLowerCase())) proven.add(issuer.toLowerCase());
    }
  }
  return (issuer) =>
    !isKnownOther(issuer) && (proven.has(issuer.toLowerCase()) || GITLAB_NAME.test(issuer));
}
