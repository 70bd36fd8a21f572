import { accountOf } from '../../aws/inputs/collector.ts';
import { issuerOfArn } from '../../iam/condition-keys.ts';
import type { EstateProvider } from '../estate/providers.ts';
import type { EstateRole } from '../estate/estate-role.ts';

/** The roles that trust a provider: those of its account that name its issuer. */
export function usersOf(
  { account, issuer }: EstateProvider,
  roles: readonly EstateRole[],
): readonly EstateRole[] {
  const lower = issuer.toLowerCase();
  return roles.filter(({ providerArns }) =>
    providerArns.some(
      (arn) =>
        issuerOfArn(arn)?.toLowerCase() === lower &&
        (account === undefined || accountOf(arn) === account),
    ),
  );
}
