import type { AuditRule } from './rule.ts';
import { onProvider } from './sight.ts';

export const providerWithoutRole: AuditRule = {
  id: 'AUD007',
  name: 'provider-without-role',
  severity: 'warning',
  summary: 'An OIDC provider of a GitLab that no role trusts',
  why: 'A provider lets an issuer into the account as soon as one role names it. Nobody needs this one.',
  fix: 'Delete the provider',
  check: ({ estate, usersOf }) => {
    const read = new Set<string | undefined>(estate.roleCounts.keys());
    return estate.providers.flatMap((provider) => {
      const { issuer, account } = provider;
      // Without the account's roles, nothing can be concluded.
      if (!estate.isGitlab(issuer) || !read.has(account)) return [];
      if (usersOf(provider).length > 0) return [];
      return [onProvider(provider, 'provider', `no role of the account trusts ${issuer}`, issuer)];
    });
  },
};
