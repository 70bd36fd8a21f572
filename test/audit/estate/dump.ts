/** A role of the test estate, in the words of the AWS CLI. */
export interface RoleSpec {
  readonly name: string;
  readonly trust: readonly object[];
  readonly permissions?: readonly object[];
  /** ARNs of managed policies. */
  readonly managed?: readonly string[];
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** `null` where it was never used. */
  readonly lastUsed?: string | null;
  readonly created?: string;
}

/** A provider of the test estate. */
export interface ProviderSpec {
  readonly host: string;
  readonly clientIds: readonly string[];
  readonly thumbprints?: readonly string[];
}

export interface AccountSpec {
  readonly id: string;
  readonly roles: readonly RoleSpec[];
  readonly providers: readonly ProviderSpec[];
  /** Managed policies of the account, by name. */
  readonly policies?: Readonly<Record<string, readonly object[]>>;
}

/** The day on which the estate is looked at. */
export const TODAY = '2026-11-29';
const RECENTLY = '2026-11-20T08:00:00+00:00';
const LONG_AGO = '2023-05-02T08:00:00+00:00';

export function document(statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

export function providerArn(account: string, host: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${host}`;
}

export function roleArn(account: string, name: string): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

export function policyArn(account: string, name: string): string {
  return `arn:aws:iam::${account}:policy/${name}`;
}

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** What `aws iam get-account-authorization-details` prints of an account. */
export function accountDetails({ id, roles, policies = {} }: AccountSpec): string {
  const managed = [
    ...Object.entries(policies).map(([name, statements]) => ({
      arn: policyArn(id, name),
      name,
      statements,
    })),
    {
      arn: ADMINISTRATOR,
      name: 'AdministratorAccess',
      statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    },
  ];
  return JSON.stringify({
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: roles.map((role) => roleDetail(id, role)),
    Policies: managed.map(({ arn, name, statements }) => ({
      PolicyName: name,
      Arn: arn,
      DefaultVersionId: 'v1',
      PolicyVersionList: [
        { VersionId: 'v1', IsDefaultVersion: true, Document: document(statements) },
      ],
    })),
  });
}

function roleDetail(account: string, role: RoleSpec): object {
  const { name, trust, permissions = [], managed = [], boundary, tags = {} } = role;
  const { lastUsed = RECENTLY, created = LONG_AGO } = role;
  return {
    Path: '/',
    RoleName: name,
    RoleId: `AROA${name.toUpperCase().replace(/[^A-Z]/g, 'X')}`,
    Arn: roleArn(account, name),
    CreateDate: created,
    AssumeRolePolicyDocument: document(trust),
    InstanceProfileList: [],
    RolePolicyList:
      permissions.length > 0
        ? [{ PolicyName: 'inline', PolicyDocument: document(permissions) }]
        : [],
    AttachedManagedPolicies: managed.map((arn) => ({
      PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
      PolicyArn: arn,
    })),
    ...(boundary !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'Policy',
        PermissionsBoundaryArn: boundary,
      },
    }),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    RoleLastUsed: lastUsed === null ? {} : { LastUsedDate: lastUsed, Region: 'eu-west-1' },
  };
}

/** What `aws iam list-open-id-connect-providers` prints. */
export function providerList({ id, providers }: AccountSpec): string {
  return JSON.stringify({
    OpenIDConnectProviderList: providers.map(({ host }) => ({ Arn: providerArn(id, host) })),
  });
}

/** What `aws iam get-open-id-connect-provider` prints, which has no ARN. */
export function providerDetails({ host, clientIds, thumbprints = [] }: ProviderSpec): string {
  return JSON.stringify({
    Url: host,
    ClientIDList: clientIds,
    ThumbprintList: thumbprints,
    CreateDate: LONG_AGO,
    Tags: [],
  });
}
