import { issuerOfArn } from '../../iam/condition-keys.ts';
import { hasWildcard } from '../../iam/subject.ts';
import type { LintSubject, Rule, Sighting } from '../rule.ts';

/**
 * AWS says of the URL: it begins with `https://`, has no query, should have no port, may have a path, and should correspond
 * to `iss`. It says nothing of a slash at the end; that GitLab's `iss` has none is what counts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export const providerUrl: Rule = {
  id: 'OIDC017',
  name: 'provider-url',
  severity: 'error',
  harm: 'rejected',
  summary: 'A provider URL or ARN that AWS rejects, or that no GitLab token has',
  why: 'AWS accepts an `https://` URL of 1 to 255 characters without port or query. A path is allowed. The URL should be the `iss` of the tokens, and GitLab writes no slash at its end. The ARN ends with that URL without `https://`.',
  example: '`http://gitlab.example.com:8443` cannot be created as a provider.',
  fix: 'Serve GitLab, or its discovery document, over https on port 443, and use that URL',
  check: (subject) => [...urlSightings(subject), ...arnSightings(subject)],
};

function urlSightings({ context: { providerUrl: url } }: LintSubject): Sighting[] {
  const flaw = url === undefined ? undefined : urlFlaw(url);
  return flaw === undefined ? [] : [{ path: 'providerUrl', message: `"${url ?? ''}" ${flaw}` }];
}

function urlFlaw(text: string): string | undefined {
  if (text.length > 255) return 'is longer than 255 characters';
  if (!text.startsWith('https://')) return 'does not begin with https://';
  const flaw = issuerFlaw(text.slice('https://'.length));
  return flaw ?? (URL.canParse(text) ? undefined : 'is not a URL');
}

function issuerFlaw(issuer: string): string | undefined {
  if (issuer.includes('?') || issuer.includes('#')) return 'has a query';
  if (/^[^/]*:/.test(issuer)) return 'has a port';
  return issuer.endsWith('/') ? 'ends in a slash, as the iss of no GitLab token does' : undefined;
}

function arnSightings({ statements }: LintSubject): Sighting[] {
  return statements
    .flatMap(({ statement }) => statement.principal.entries)
    .filter(({ type, value }) => type === 'Federated' && value !== '*')
    .flatMap(({ path, value }) => {
      const flaw = arnFlaw(value);
      return flaw === undefined ? [] : [{ path, message: `"${value}" ${flaw}` }];
    });
}

function arnFlaw(arn: string): string | undefined {
  if (hasWildcard(arn)) return 'has a wildcard, which AWS does not accept in a principal';
  const issuer = issuerOfArn(arn);
  if (issuer === undefined) return 'is not the ARN of an OIDC provider';
  if (/^[a-z]+:\/\//i.test(issuer)) return 'holds a scheme';
  const account = arn.split(':')[4] ?? '';
  return /^\d{12}$/.test(account) ? issuerFlaw(issuer) : 'has no account of 12 digits';
}
