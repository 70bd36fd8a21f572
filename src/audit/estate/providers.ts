import type { ProviderFacts } from '../../access/role-context.ts';
import { accountOf, providerArn } from '../../iam/arn.ts';
import { issuerOfUrl } from '../../iam/condition-keys.ts';

/** An OIDC provider of one account, from everything that the inputs say of it. */
export interface EstateProvider extends ProviderFacts {
  readonly arn: string;
  /** Its URL without `https://`. */
  readonly issuer: string;
  /** `undefined` where the input does not say. */
  readonly account: string | undefined;
}

/**
 * Puts together what a list of ARNs and what the details of each provider say: the details that the AWS CLI prints hold no ARN.
 *
 * @param ownerOf the account that a file belongs to, where its text does not say
 */
export function providersOfEstate(
  facts: readonly ProviderFacts[],
  ownerOf: (file: string) => string | undefined,
): readonly EstateProvider[] {
  const found = new Map<string, EstateProvider>();
  for (const one of facts) {
    const issuer = issuerOfUrl(one.url);
    const account = accountOf(one.arn) ?? ownerOf(one.place.file);
    const key = `${account ?? ''} ${issuer.toLowerCase()}`;
    const known = found.get(key);
    const { clientIds = known?.clientIds, thumbprints = known?.thumbprints } = one;
    found.set(key, {
      url: one.url,
      issuer,
      account,
      arn: one.arn ?? known?.arn ?? providerArn('aws', account ?? '*', issuer),
      // The details say more than the list.
      place: one.clientIds === undefined && known ? known.place : one.place,
      ...(clientIds && { clientIds }),
      ...(thumbprints && { thumbprints }),
    });
  }
  return [...found.values()];
}
