import { issuerOfUrl } from '../../iam/condition-keys.ts';
import type { LintSubject, Rule, Sighting } from '../rule.ts';
import { sightKeys } from '../sight.ts';
import { hasUrlForm } from './key-url-form.ts';

export const keyHostDiffers: Rule = {
  id: 'OIDC010',
  name: 'key-host-differs',
  severity: 'error',
  harm: 'locks-out',
  summary: "A condition key of a host other than the provider's",
  why: "AWS names the keys after the provider's URL without `https://`. A key with another prefix is always absent from the request, and an absent key does not match.",
  example:
    'A provider `gitlab.example.com` with the key `gitlab.com:sub`: AccessDenied for every job.',
  fix: "Begin each key with the provider's URL without https://, its path included",
  check: (subject) => [
    ...sightKeys(
      subject,
      (key, { ownIssuers }) => !ownIssuers.has(key.issuer.toLowerCase()) && !hasUrlForm(key),
      (key, { issuers }) => `"${key}" is not a key of the provider ${issuers.join(', ')}`,
    ),
    ...otherPrincipals(subject),
  ],
};

function otherPrincipals({ statements, context: { providerUrl } }: LintSubject): Sighting[] {
  if (!providerUrl) return [];
  const provider = bareIssuer(providerUrl);
  return statements
    .filter(({ issuers }) => !issuers.some((issuer) => bareIssuer(issuer) === provider))
    .flatMap(({ statement }) => statement.principal.entries)
    .filter(({ type }) => type === 'Federated')
    .map(({ path, value }) => ({ path, message: `"${value}" is not the provider of ${provider}` }));
}

/** Without port and query, which are another rule's business. */
function bareIssuer(url: string): string {
  const [address = ''] = issuerOfUrl(url).toLowerCase().split(/[?#]/);
  return address.replace(/^([^/:]*):\d*/, '$1').replace(/\/$/, '');
}
