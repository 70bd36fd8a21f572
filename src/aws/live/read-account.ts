import {
  type EntityType,
  GetAccountAuthorizationDetailsCommand,
  GetOpenIDConnectProviderCommand,
  IAMClient,
  type IAMClientConfig,
  ListOpenIDConnectProvidersCommand,
} from '@aws-sdk/client-iam';
import { type DetailsPage, detailsText, type LiveProvider } from './account-dump.ts';

/** What is read of one account. */
export interface AccountReading {
  /** As `aws iam get-account-authorization-details` prints it. */
  readonly details: string;
  readonly providers: readonly LiveProvider[];
}

const WANTED: readonly EntityType[] = ['Role', 'LocalManagedPolicy', 'AWSManagedPolicy'];
/** The most that AWS gives in one answer. */
const PAGE = 1000;
/** An account has 5,000 roles and 1,500 managed policies at most, unless AWS raised its quotas. */
const MOST_PAGES = 1000;

/** Reads the roles and the OIDC providers of the account that the credentials belong to. @throws what the SDK throws */
export async function readAccount(settings: IAMClientConfig): Promise<AccountReading> {
  const iam = new IAMClient(settings);
  try {
    const [pages, providers] = await Promise.all([detailsOf(iam), providersOf(iam)]);
    return { details: detailsText(pages), providers };
  } finally {
    iam.destroy();
  }
}

async function detailsOf(iam: IAMClient): Promise<DetailsPage[]> {
  const pages: DetailsPage[] = [];
  let marker: string | undefined;
  do {
    const page = await iam.send(
      new GetAccountAuthorizationDetailsCommand({
        Filter: [...WANTED],
        MaxItems: PAGE,
        ...(marker !== undefined && { Marker: marker }),
      }),
    );
    pages.push({ RoleDetailList: page.RoleDetailList, Policies: page.Policies });
    const next = page.IsTruncated === true ? page.Marker : undefined;
    if (next !== undefined && (next === marker || pages.length === MOST_PAGES))
      throw new Error('the list of roles has no end');
    marker = next;
  } while (marker !== undefined);
  return pages;
}

async function providersOf(iam: IAMClient): Promise<LiveProvider[]> {
  const { OpenIDConnectProviderList: list = [] } = await iam.send(
    new ListOpenIDConnectProvidersCommand(),
  );
  const found: LiveProvider[] = [];
  for (const { Arn: arn = '' } of list) {
    const { Url, ClientIDList, ThumbprintList } = await iam.send(
      new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }),
    );
    found.push({
      arn,
      url: Url ?? '',
      clientIds: ClientIDList ?? [],
      thumbprints: ThumbprintList ?? [],
    });
  }
  return found;
}
