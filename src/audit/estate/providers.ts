import type { ProviderFacts } from '../../access/role-context.ts';
import { accountOf, partitionOfArn, STAND_IN_ACCOUNT } from '../../iam/arn.ts';
import { issuerOfUrl } from '../../iam/condition-keys.ts';
import { unnamedAccount } from './scan.ts';

/** An OIDC provider of one account, from everything that the inputs say of it. */
export interface EstateProvider extends ProviderFacts {
  /** Has `*` for the account or the partition where the input says neither. */
  readonly arn: string;
  /** What reports call it: its ARN, or what findings are on, where a part of the ARN is not known. */
  readonly id: string;
  /** The account as reports name it, or what stands for one. */
  readonly owner: string;
  /** Its URL without `https://`. */
  readonly issuer: string;
  /** `undefined` where the input does not say; a stand-in's for a provider of a configuration. */
  readonly account: string | undefined;
}

/**
 * Puts together what a list of ARNs and what the details of each provider say: the details that the AWS CLI prints hold no ARN.
 *
 * @param ownerOf the account that a file belongs to, where its text does not say
 * @param partitionOf the partition of a file's account, where ARNs beside it say so
 */
export function providersOfEstate(
  facts: readonly ProviderFacts[],
  ownerOf: (file: string) => string | undefined,
  partitionOf: (file: string) => string | undefined,
): readonly EstateProvider[] {
  const partitions = new Map(
    facts.flatMap(({ arn, hasStandIn }) =>
      hasStandIn ? [] : [[accountOf(arn), partitionOfArn(arn)] as const],
    ),
  );
  const found = new Map<string, EstateProvider>();
  for (const one of facts) {
    const issuer = issuerOfUrl(one.url);
    const account = accountOf(one.arn) ?? ownerOf(one.place.file);
    const key = `${account ?? ''} ${issuer.toLowerCase()}`;
    const known = found.get(key);
    const { clientIds = known?.clientIds, thumbprints = known?.thumbprints } = one;
    // The details say more than the list.
    const place = one.clientIds === undefined && known ? known.place : one.place;
    const { file } = one.place;
    const partition = partitionOf(file) ?? (account && partitions.get(account)) ?? '*';
    const arn = one.arn ?? `arn:${partition}:iam::${account ?? '*'}:oidc-provider/${issuer}`;
    const isOwned = account !== undefined && !(one.hasStandIn && account === STAND_IN_ACCOUNT);
    const owner = isOwned ? account : unnamedAccount(place.file);
    const isKnown = !one.hasStandIn && !/^arn:\*|:\*:/.test(arn);
    found.set(key, {
      url: one.url,
      issuer,
      account,
      owner,
      arn,
      id: isKnown ? arn : `${owner}/oidc-provider/${issuer}`,
      place,
      ...(clientIds && { clientIds }),
      ...(thumbprints && { thumbprints }),
    });
  }
  return [...found.values()];
}

/** Where nothing beside a provider's details says which partition they are of. */
export function notesOfProviders(providers: readonly EstateProvider[]): string[] {
  return providers.flatMap(({ arn, id }) =>
    arn.startsWith('arn:*')
      ? [`The partition of ${id} cannot be determined: the input has no ARN of its account`]
      : [],
  );
}
