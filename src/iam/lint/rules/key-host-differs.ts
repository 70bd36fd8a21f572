import { isAwsKey, issuerOfUrl, readKey } from '../../condition-keys.ts';
import type { Rule } from '../rule.ts';
import { hasUrlForm } from './key-url-form.ts';

export const keyHostDiffers: Rule = {
  id: 'OIDC010',
  name: 'key-host-differs',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A condition key of another host than the provider’s',
  why: 'AWS names the keys after the provider’s URL without `https://`. A key with another prefix is never in the request, and an absent key does not match.',
  example:
    'A provider `gitlab.example.com` with the key `gitlab.com:sub`: AccessDenied for every job.',
  mend: 'Begin each key with the provider’s URL without https://, its path included',
  check: ({ statements, context }) => {
    const provider = context.providerUrl && bareIssuer(context.providerUrl);
    return statements.flatMap(({ statement, issuers }) => {
      const known = new Set(issuers.map((issuer) => issuer.toLowerCase()));
      const bare = new Set(issuers.map(bareIssuer));
      const keys = statement.conditions
        .filter(({ key }) => !isAwsKey(key) && !hasUrlForm(key))
        .filter(({ key }) => !known.has(readKey(key).issuer.toLowerCase()))
        .map(({ path, key }) => ({
          path,
          message: `"${key}" is no key of the provider ${issuers.join(', ')}`,
        }));
      const principals = statement.principal.entries
        .filter(({ type }) => type === 'Federated' && provider && !bare.has(provider))
        .map(({ path, value }) => ({
          path,
          message: `"${value}" is not the provider of ${provider ?? ''}`,
        }));
      return [...keys, ...principals];
    });
  },
};

/** Without port and query, which are another rule's business. */
function bareIssuer(url: string): string {
  const [address = ''] = issuerOfUrl(url).toLowerCase().split(/[?#]/);
  return address.replace(/^([^/:]*):\d*/, '$1').replace(/\/$/, '');
}
