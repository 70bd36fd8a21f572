import {
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
  type Account,
} from '@aws-sdk/client-organizations';
import type { Partition } from '../../iam/arn.ts';
import { ProblemError } from '../../text/problem.ts';
import { awsErrorLine, IAM_REGION, regionIn, sdkSettings } from '../sdk.ts';
import { organizationAccount, type OrganizationAccount } from './account.ts';

/** Which accounts of an organization are meant; all of them where nothing is given. */
export interface AccountFilter {
  /** IDs of organizational units, or of the root: accounts in any of them, at any depth. */
  readonly organizationalUnits?: readonly string[] | undefined;
  /** Accounts that have all of these tags. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Organizations answers in one region of each partition. */
export const ORGANIZATIONS_REGION: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** Organizations allows few calls a second; the SDK waits longer after each refusal, 20 seconds at most. */
const ATTEMPTS = 10;

/** So many accounts are asked for their tags at once. */
const AT_ONCE = 4;

/**
 * Lists the accounts of the caller's organization, by ID, with the caller's credentials. Suspended accounts and the management
 * account are among them. This loads the AWS SDK, so import it only where AWS is asked.
 *
 * @param own the caller's region
 * @throws {ProblemError} where AWS refuses or cannot be asked
 */
export async function listAccounts(
  { organizationalUnits = [], tags = {} }: AccountFilter,
  partition: string,
  env: NodeJS.ProcessEnv,
  own: string = IAM_REGION.aws,
): Promise<OrganizationAccount[]> {
  const region = regionIn(ORGANIZATIONS_REGION, partition, own);
  const settings = await sdkSettings(region, env);
  const client = new OrganizationsClient({ ...settings, maxAttempts: ATTEMPTS });
  try {
    const found: Account[] = [];
    if (organizationalUnits.length === 0) found.push(...(await allAccounts(client)));
    for (const unit of organizationalUnits) found.push(...(await accountsBelow(client, unit)));
    const accounts = new Map(
      found.flatMap((account) => {
        const { Id } = account;
        return Id === undefined ? [] : [[Id, organizationAccount({ ...account, Id })]];
      }),
    );
    const sorted = [...accounts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return await withTags(client, sorted, Object.entries(tags));
  } catch (error) {
    const line = awsErrorLine(error);
    const what = `the accounts of the organization cannot be listed (${line})`;
    throw new ProblemError([{ where: 'AWS Organizations', what, fix: fixOf(line) }]);
  } finally {
    client.destroy();
  }
}

async function allAccounts(client: OrganizationsClient): Promise<Account[]> {
  return pages(async (NextToken) => {
    const page = await client.send(new ListAccountsCommand({ NextToken }));
    return [page.Accounts, page.NextToken];
  });
}

/** The accounts in a unit and in those below it. */
async function accountsBelow(client: OrganizationsClient, ParentId: string): Promise<Account[]> {
  const accounts = await pages<Account>(async (NextToken) => {
    const page = await client.send(new ListAccountsForParentCommand({ ParentId, NextToken }));
    return [page.Accounts, page.NextToken];
  });
  const units = await pages<{ Id?: string | undefined }>(async (NextToken) => {
    const page = await client.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken }),
    );
    return [page.OrganizationalUnits, page.NextToken];
  });
  for (const { Id } of units) {
    if (Id !== undefined) accounts.push(...(await accountsBelow(client, Id)));
  }
  return accounts;
}

/** The accounts that have all of those tags. */
async function withTags(
  client: OrganizationsClient,
  accounts: readonly OrganizationAccount[],
  wanted: readonly (readonly [key: string, value: string])[],
): Promise<OrganizationAccount[]> {
  if (wanted.length === 0) return [...accounts];
  const having: OrganizationAccount[] = [];
  for (let start = 0; start < accounts.length; start += AT_ONCE) {
    const some = accounts.slice(start, start + AT_ONCE);
    const tags = await Promise.all(some.map(({ id }) => tagsOf(client, id)));
    having.push(
      ...some.filter((_, index) => wanted.every(([key, value]) => tags[index]?.get(key) === value)),
    );
  }
  return having;
}

async function tagsOf(
  client: OrganizationsClient,
  ResourceId: string,
): Promise<ReadonlyMap<string, string>> {
  const tags = await pages<{ Key?: string | undefined; Value?: string | undefined }>(
    async (NextToken) => {
      const page = await client.send(new ListTagsForResourceCommand({ ResourceId, NextToken }));
      return [page.Tags, page.NextToken];
    },
  );
  return new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

type Page<T> = readonly [items: readonly T[] | undefined, next: string | undefined];

async function pages<T>(ask: (token: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const [items = [], next] = await ask(token);
    all.push(...items);
    // An empty token is the end, as none is.
    token = next === '' ? undefined : next;
  } while (token !== undefined);
  return all;
}

function fixOf(line: string): string {
  if (/^(CredentialsProviderError|ExpiredToken|UnrecognizedClient|InvalidClientTokenId)/.test(line))
    return 'Sign in to AWS first, e.g. with aws sso login, or set AWS_PROFILE';
  if (/^(AccessDenied|AWSOrganizationsNotInUse)/.test(line))
    return 'Use credentials of the management account or of a delegated administrator of the organization';
  if (/^(ParentNotFound|InvalidInput)/.test(line))
    return 'Give the ID of an organizational unit or of the root, e.g. ou-abcd-11112222';
  return 'Try again later, or check the network and the credentials';
}
