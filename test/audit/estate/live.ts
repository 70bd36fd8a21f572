import {
  type Answering,
  type AwsAnswer,
  type AwsCall,
  SECRET,
  SESSION_TOKEN,
} from '../../support/stand-ins/aws-accounts.ts';
import { accountDetails, type AccountSpec, providerArn } from './dump.ts';

/** What Organizations says of an estate. */
export interface OrganizationSpec {
  readonly management: string;
  /** Accounts that are closed, beside those of the estate. */
  readonly suspended?: readonly string[];
  /**
   * Names and documents of the SCPs at an account, a unit or the root; the root is `r-root`, of which all accounts are. A
   * name that begins with `rcp` is that of an RCP.
   */
  readonly policies?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Answers for accounts as AWS does, by its APIs' XML and JSON. @param page roles in one answer */
export function estateInAws(
  estate: readonly AccountSpec[],
  organization: OrganizationSpec,
  page = 40,
): Answering {
  return (call) => {
    const { action } = call;
    if (action.startsWith('organizations:')) return ofOrganization(call, estate, organization);
    if (action.startsWith('sts:')) return ofSts(call);
    const account = estate.find(({ id }) => id === call.account);
    return account && ofIam(call, account, page);
  };
}

function ofSts({ action, account, input }: AwsCall): AwsAnswer | undefined {
  if (action === 'sts:GetCallerIdentity')
    return result('GetCallerIdentity', {
      Arn: `arn:aws:sts::${account}:assumed-role/auditor/me`,
      Account: account,
    });
  const of = /::(\d{12}):/.exec(input['RoleArn'] ?? '')?.[1] ?? '';
  if (action !== 'sts:AssumeRole') return undefined;
  return result('AssumeRole', {
    Credentials: {
      AccessKeyId: `ASIA${of}`,
      SecretAccessKey: SECRET,
      SessionToken: SESSION_TOKEN,
      Expiration: '2099-01-01T00:00:00Z',
    },
  });
}

function ofIam(
  { action, input }: AwsCall,
  account: AccountSpec,
  page: number,
): AwsAnswer | undefined {
  const { id, providers } = account;
  if (action === 'iam:ListOpenIDConnectProviders')
    return result('ListOpenIDConnectProviders', {
      OpenIDConnectProviderList: providers.map(({ host }) => ({ Arn: providerArn(id, host) })),
    });
  if (action === 'iam:GetOpenIDConnectProvider') {
    const arn = input['OpenIDConnectProviderArn'] ?? '';
    const found = providers.find(({ host }) => providerArn(id, host) === arn);
    return (
      found &&
      result('GetOpenIDConnectProvider', {
        Url: found.host,
        ClientIDList: found.clientIds,
        ThumbprintList: found.thumbprints ?? [],
      })
    );
  }
  if (action !== 'iam:GetAccountAuthorizationDetails') return undefined;
  const all = JSON.parse(accountDetails(account)) as {
    RoleDetailList: object[];
    Policies: object[];
  };
  const start = Number(input['Marker'] ?? 0);
  const end = start + page;
  const isTruncated = end < all.RoleDetailList.length;
  return result('GetAccountAuthorizationDetails', {
    IsTruncated: isTruncated,
    ...(isTruncated && { Marker: end }),
    RoleDetailList: all.RoleDetailList.slice(start, end),
    Policies: isTruncated ? [] : all.Policies,
  });
}

function ofOrganization(
  { action, input }: AwsCall,
  estate: readonly AccountSpec[],
  { management, suspended = [], policies = {} }: OrganizationSpec,
): AwsAnswer | undefined {
  const json = (value: object) => ({ status: 200, body: JSON.stringify(value) });
  const listed = (Id: string, Status: string) => ({
    Id,
    Status,
    Name: `account ${Id.slice(0, 1)}`,
    Arn: `arn:aws:organizations::${management}:account/o-1/${Id}`,
  });
  switch (action.split(':')[1]) {
    case 'ListAccounts':
      return json({
        Accounts: [
          ...estate.map(({ id }) => listed(id, 'ACTIVE')),
          ...suspended.map((id) => listed(id, 'SUSPENDED')),
        ],
      });
    case 'DescribeOrganization':
      return json({ Organization: { Id: 'o-1', MasterAccountId: management } });
    case 'ListParents':
      return json({ Parents: [{ Id: 'r-root', Type: 'ROOT' }] });
    case 'ListPoliciesForTarget': {
      const own = Object.keys(policies[input['TargetId'] ?? ''] ?? {});
      const isRcp = input['Filter'] === 'RESOURCE_CONTROL_POLICY';
      const ofType = own.filter((name) => name.startsWith('rcp') === isRcp);
      return json({ Policies: ofType.map((Name) => ({ Id: `p-${Name}`, Name })) });
    }
    case 'DescribePolicy': {
      const name = (input['PolicyId'] ?? '').replace(/^p-/, '');
      const found = Object.values(policies).find((one) => name in one)?.[name];
      return json({ Policy: { Content: JSON.stringify(found) } });
    }
    default:
      return undefined;
  }
}

function result(action: string, content: object): AwsAnswer {
  const body = `<${action}Response><${action}Result>${xml(content)}</${action}Result></${action}Response>`;
  return { status: 200, body };
}

/** Lists are `member`s; documents are percent-encoded, as IAM has them. */
function xml(value: object): string {
  return Object.entries(value)
    .map(([name, one]: [string, unknown]) => `<${name}>${xmlOf(name, one)}</${name}>`)
    .join('');
}

function xmlOf(name: string, value: unknown): string {
  if (Array.isArray(value))
    return value.map((one) => `<member>${xmlOf('', one)}</member>`).join('');
  if (typeof value !== 'object' || value === null) return escaped(String(value));
  return name.endsWith('Document') ? encodeURIComponent(JSON.stringify(value)) : xml(value);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
