import type { GetAccountAuthorizationDetailsResponse } from '@aws-sdk/client-iam';

/** An OIDC provider as AWS describes it. */
export interface LiveProvider {
  readonly arn: string;
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
}

/** What AWS says of the roles of one account; a part of it for each page. */
export type DetailsPage = Pick<
  GetAccountAuthorizationDetailsResponse,
  'RoleDetailList' | 'Policies'
>;

/**
 * The same JSON that `aws iam get-account-authorization-details` prints, so that one reader reads both: of the roles what
 * an audit needs, and of the managed policies the version that counts.
 */
export function detailsText(pages: readonly DetailsPage[]): string {
  return JSON.stringify({
    RoleDetailList: pages.flatMap(({ RoleDetailList: roles = [] }) => roles.map(roleOf)),
    Policies: pages.flatMap(({ Policies: policies = [] }) => policies.map(policyOf)),
  });
}

type RoleDetail = NonNullable<DetailsPage['RoleDetailList']>[number];
type PolicyDetail = NonNullable<DetailsPage['Policies']>[number];

function roleOf(role: RoleDetail) {
  const { AssumeRolePolicyDocument: trust, RolePolicyList: inline = [], ...rest } = role;
  const { Path, RoleName, Arn, Tags, RoleLastUsed: used, PermissionsBoundary } = rest;
  return {
    Path,
    RoleName,
    Arn,
    PermissionsBoundary,
    Tags,
    CreateDate: dateText(rest.CreateDate),
    ...(used && { RoleLastUsed: { LastUsedDate: dateText(used.LastUsedDate) } }),
    AssumeRolePolicyDocument: documentOf(trust),
    AttachedManagedPolicies: rest.AttachedManagedPolicies ?? [],
    RolePolicyList: inline.map(({ PolicyName, PolicyDocument }) => ({
      PolicyName,
      PolicyDocument: documentOf(PolicyDocument),
    })),
  };
}

function policyOf({ Arn, PolicyVersionList: versions = [] }: PolicyDetail) {
  return {
    Arn,
    PolicyVersionList: versions
      .filter(({ IsDefaultVersion }) => IsDefaultVersion)
      .map(({ Document }) => ({ IsDefaultVersion: true, Document: documentOf(Document) })),
  };
}

/** `2027-01-31T08:00:00+00:00`, as the AWS CLI writes a date. */
function dateText(date: Date | undefined): string | undefined {
  return date?.toISOString().replace(/\.\d{3}Z$/, '+00:00');
}

/** AWS percent-encodes a document; one that cannot be read is left as it came, for the reader to report. */
function documentOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(decodeURIComponent(text)) as unknown;
  } catch {
    return text;
  }
}
