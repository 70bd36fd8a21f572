import type { AuditRule } from './rule.ts';
import { listed, onProvider } from './sight.ts';

export const unusedAudience: AuditRule = {
  id: 'AUD009',
  name: 'unused-audience',
  severity: 'warning',
  summary: 'An audience that a provider accepts and no role asks for',
  why: 'A role that does not pin its audience accepts tokens that were made for another service.',
  fix: 'Remove the audience from the provider',
  check: ({ estate, usersOf }) =>
    estate.providers.flatMap((provider) => {
      const { clientIds = [], issuer } = provider;
      if (!estate.isGitlab(issuer)) return [];
      const users = usersOf(provider);
      const isKnown = users.every(({ gitlab }) => gitlab?.undetermined.length === 0);
      const grants = users.flatMap(({ gitlab }) => gitlab?.grants ?? []);
      const takesAny = grants.some(({ audiences }) => audiences.length === 0);
      if (grants.length === 0 || !isKnown || takesAny) return [];
      const used = new Set(grants.flatMap(({ audiences }) => audiences));
      const unused = clientIds.filter((one) => !used.has(one));
      if (unused.length === 0) return [];
      const message = `no role asks for the audience ${listed(unused)}`;
      return [onProvider(provider, 'clientIds', message, unused.toSorted())];
    }),
};
