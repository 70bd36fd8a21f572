import { accountOf } from '../../iam/arn.ts';
import { issuerOfArn } from '../../iam/condition-keys.ts';
import type { EstateProvider } from './providers.ts';
import type { EstateRole } from './estate-role.ts';

/** The roles that trust a provider: those of its account that name its issuer. */
export type Users = (provider: EstateProvider) => readonly EstateRole[];

export function usersIn(roles: readonly EstateRole[]): Users {
  const found = new Map<string, Set<EstateRole>>();
  const add = (key: string, role: EstateRole) => {
    const known = found.get(key) ?? new Set();
    found.set(key, known.add(role));
  };
  for (const role of roles)
    for (const arn of role.providerArns) {
      const issuer = issuerOfArn(arn)?.toLowerCase() ?? '';
      add(`${accountOf(arn) ?? ''} ${issuer}`, role);
      // A provider whose account is not known may be that of any.
      add(`* ${issuer}`, role);
    }
  return ({ account = '*', issuer }) => [
    ...(found.get(`${account} ${issuer.toLowerCase()}`) ?? []),
  ];
}
