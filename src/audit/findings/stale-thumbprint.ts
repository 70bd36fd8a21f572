import { GITLAB_COM } from '../../iam/condition-keys.ts';
import type { AuditRule } from './rule.ts';
import { onProvider } from './sight.ts';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html */
export const staleThumbprint: AuditRule = {
  id: 'AUD010',
  name: 'stale-thumbprint',
  severity: 'warning',
  summary: 'A thumbprint for a host whose certificate AWS checks by itself',
  why: 'AWS does not use it. Readers expect sign-in to break when the certificate changes, and to be safe until then.',
  fix: 'Remove the thumbprints from the provider',
  check: ({ estate }) =>
    estate.providers.flatMap((provider) => {
      const { thumbprints = [], issuer } = provider;
      if (thumbprints.length === 0 || issuer.toLowerCase() !== GITLAB_COM) return [];
      const message = `it has ${thumbprints.length} ${thumbprints.length === 1 ? 'thumbprint' : 'thumbprints'}, which AWS does not use for ${issuer}`;
      return [onProvider(provider, 'thumbprints', message, thumbprints)];
    }),
};
