import { accountOf } from '../../iam/arn.ts';
import { issuerOfArn } from '../../iam/condition-keys.ts';
import type { AuditRule } from './rule.ts';
import { listed, onRole } from './sight.ts';

export const roleWithoutProvider: AuditRule = {
  id: 'AUD008',
  name: 'role-without-provider',
  severity: 'warning',
  summary: 'A role that trusts a provider which its account does not have',
  why: 'Nobody can assume it today. Anyone who creates the provider opens the role at the same time.',
  fix: 'Remove the role, or create the provider',
  check: ({ gitlab, estate }) => {
    const known = new Set(
      estate.providers.map(({ account = '', issuer }) => `${account} ${issuer.toLowerCase()}`),
    );
    return gitlab.flatMap(({ role }) => {
      const missing = role.providerArns.filter((arn) => {
        const account = accountOf(arn) ?? '';
        const issuer = issuerOfArn(arn) ?? '';
        return (
          estate.listed.has(account) &&
          account === role.key.account &&
          estate.isGitlab(issuer) &&
          !known.has(`${account} ${issuer.toLowerCase()}`)
        );
      });
      if (missing.length === 0) return [];
      const issuers = missing.map((arn) => issuerOfArn(arn) ?? arn);
      const message = `the account has no provider for ${listed(issuers)}`;
      return [onRole(role, 'providers', message, issuers.sort())];
    });
  },
};
