import { readDate } from '../../iam/evaluate/operators/date.ts';
import { type AddressRange, readRange } from '../../iam/evaluate/operators/ip-address.ts';
import type { Condition } from '../../iam/evaluate/policy.ts';
import { nearest } from '../../text/nearest.ts';
import { type Grammar, SESSION_NAME, TEXT } from './grammar.ts';

/**
 * What AWS says of the request itself, by the names that it documents. `always` and `sometimes` are there; a key that is
 * not listed may be.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const PRESENCE: Readonly<Record<string, 'always' | 'sometimes' | 'never'>> = {
  'aws:CurrentTime': 'always',
  'aws:EpochTime': 'always',
  'aws:SecureTransport': 'always',
  'aws:RequestedRegion': 'always',
  'sts:RoleSessionName': 'always',
  // Its value is documented as the provider's ARN, but it is not relied upon here.
  'aws:FederatedProvider': 'always',
  // Anonymous requests have them too.
  'aws:PrincipalAccount': 'always',
  'aws:PrincipalType': 'always',
  'aws:userid': 'always',
  // AssumeRole has it, AssumeRoleWithWebIdentity has no such parameter.
  'sts:ExternalId': 'never',
  // Only requests that an IAM user signs have it.
  'aws:username': 'never',
  // They come from claims that GitLab does not write.
  'sts:SourceIdentity': 'never',
  'sts:TransitiveTagKeys': 'never',
  'aws:TagKeys': 'never',
  // They describe AWS credentials, and a call with a token is made without any.
  'aws:PrincipalArn': 'never',
  'aws:PrincipalIsAWSService': 'never',
  'aws:SourceIdentity': 'never',
  'aws:TokenIssueTime': 'never',
  'aws:PrincipalOrgID': 'never',
  'aws:PrincipalOrgPaths': 'never',
  'aws:MultiFactorAuthPresent': 'never',
  'aws:MultiFactorAuthAge': 'never',
  // Only a service that calls by itself has them.
  'aws:PrincipalServiceName': 'never',
  'aws:PrincipalServiceNamesList': 'never',
  'aws:SourceAccount': 'never',
  'aws:SourceArn': 'never',
  'aws:SourceOrgID': 'never',
  'aws:SourceOrgPaths': 'never',
  'aws:CalledVia': 'sometimes',
  'aws:CalledViaFirst': 'sometimes',
  'aws:CalledViaLast': 'sometimes',
  'aws:referer': 'sometimes',
  'aws:ResourceAccount': 'sometimes',
  'aws:ResourceOrgID': 'sometimes',
  'aws:ResourceOrgPaths': 'sometimes',
  'aws:SourceIp': 'sometimes',
  'aws:SourceVpc': 'sometimes',
  'aws:SourceVpcArn': 'sometimes',
  'aws:SourceVpce': 'sometimes',
  'aws:UserAgent': 'sometimes',
  'aws:ViaAWSService': 'sometimes',
  'aws:VpceAccount': 'sometimes',
  'aws:VpceOrgID': 'sometimes',
  'aws:VpceOrgPaths': 'sometimes',
  'aws:VpcSourceIp': 'sometimes',
  'sts:DurationSeconds': 'sometimes',
  // They are about other calls and other callers, but that such a call never has them is not documented.
  'aws:AssumedRoot': 'sometimes',
  'aws:CalledViaAWSMCP': 'sometimes',
  'aws:ChatbotSourceArn': 'sometimes',
  'aws:Ec2InstanceSourcePrivateIPv4': 'sometimes',
  'aws:Ec2InstanceSourceVpc': 'sometimes',
  'aws:IsMcpServiceAction': 'sometimes',
  'aws:SourceOwner': 'sometimes',
  'aws:ViaAWSMCPService': 'sometimes',
  'sts:AWSServiceName': 'sometimes',
  'sts:IdentityTokenAudience': 'sometimes',
  'sts:RequestContextProviders': 'sometimes',
  'sts:RoleAuthorizedByIdp': 'sometimes',
  'sts:SigningAlgorithm': 'sometimes',
  'sts:TaskPolicyArn': 'sometimes',
};

/** The documented names by the same in lower case: AWS compares keys without regard to the case of letters. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.keys(PRESENCE).map((name) => [name.toLowerCase(), name]),
);

/** A key of AWS as AWS documents it, or as it is written where that is not known. */
export function documentedKey(key: string): string {
  return NAMES.get(key.toLowerCase()) ?? key;
}

/** Whether a key that begins with `aws:` or `sts:` is one that AWS documents; of other keys, nothing is known here. */
export function isDocumentedKey(key: string): boolean {
  const lower = key.toLowerCase();
  if (!/^(aws|sts):/.test(lower) || NAMES.has(lower)) return true;
  return /^(aws:(principal|request|resource)tag|sts:requestcontext)\//.test(lower);
}

/** The documented key that another one was probably meant to be: one that is spelled alike, or the longest that it begins with. */
export function nearestKey(key: string): string | undefined {
  const names = [...NAMES.values()];
  const lower = key.toLowerCase();
  const [longest] = names
    .filter((name) => lower.startsWith(name.toLowerCase()))
    .sort((one, other) => other.length - one.length);
  return nearest(key, names) ?? longest;
}

/** Whether a call of AssumeRoleWithWebIdentity with a GitLab token has this key of AWS. */
export function presenceOf(key: string): 'always' | 'sometimes' | 'never' {
  const lower = key.toLowerCase();
  if (/^(saml|iam):|^aws:(request|principal)tag\//.test(lower)) return 'never';
  return PRESENCE[documentedKey(lower)] ?? 'sometimes';
}

/** What a request key's values are, to the conditions on it. */
export type Family = 'text' | 'date' | 'number' | 'address' | 'boolean';

const FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/^String/, 'text'],
  [/^Date/, 'date'],
  [/^Numeric/, 'number'],
  [/IpAddress$/, 'address'],
  [/^Bool$/, 'boolean'],
];

const BOOLEAN_KEYS = new Set([
  'aws:securetransport',
  'aws:viaawsservice',
  'aws:multifactorauthpresent',
]);

/** The one family of all conditions on a key; `undefined` where they read its values in more ways than one. */
export function familyOf(key: string, conditions: readonly Condition[]): Family | undefined {
  if (BOOLEAN_KEYS.has(key.toLowerCase())) return 'boolean';
  const families = new Set(
    conditions
      .filter(({ operator }) => operator.base !== 'Null')
      .map(({ operator }) => FAMILIES.find(([base]) => base.test(operator.base))?.[1]),
  );
  const [only = 'text'] = families;
  return families.size > 1 || families.has(undefined) ? undefined : only;
}

export function grammarOf(key: string): Grammar {
  return key.toLowerCase() === 'sts:rolesessionname' ? SESSION_NAME : TEXT;
}

/** Values of a family, one for each way in which the values of some conditions can match. */
export function valuesAround(
  family: Exclude<Family, 'text'>,
  texts: readonly string[],
): readonly string[] {
  switch (family) {
    case 'boolean':
      return ['true', 'false'];
    case 'date':
      return datesAround(texts);
    case 'number':
      return numbersAround(texts);
    case 'address':
      return addressesAround(texts);
  }
}

/** Keys of AWS with the time of the request, in lower case. */
export const TIME_KEYS: readonly string[] = ['aws:currenttime', 'aws:epochtime'];

/**
 * {@link valuesAround} of a key with the time of the request, as far as they are not before a moment, which is one of them.
 *
 * @param since ISO 8601
 * @returns `undefined` for another key, and for one that is compared as a text
 */
export function timesFrom(
  since: string,
  key: string,
  family: Family,
  texts: readonly string[],
): readonly string[] | undefined {
  if (!TIME_KEYS.includes(key.toLowerCase()) || (family !== 'date' && family !== 'number'))
    return undefined;
  const start = Date.parse(since);
  const [first, timeOf] =
    family === 'date'
      ? [new Date(start).toISOString(), (text: string) => Date.parse(text)]
      : [String(start / 1000), (text: string) => Number(text) * 1000];
  const later = valuesAround(family, texts).filter((text) => timeOf(text) > start);
  return [first, ...new Set(later)];
}

function datesAround(texts: readonly string[]): string[] {
  const times = texts.flatMap((text) => readDate(text) ?? []);
  const around = times.flatMap((time) => [time - 1000, time, time + 1000]);
  return (around.length > 0 ? around : [0]).map((time) => new Date(time).toISOString());
}

function numbersAround(texts: readonly string[]): string[] {
  const numbers = texts.map(Number).filter(Number.isFinite);
  const around = numbers.flatMap((one) => [Math.ceil(one) - 1, one, Math.floor(one) + 1]);
  return [...new Set(around.length > 0 ? around : [0])].map(String);
}

/** Where a range begins and where it has just ended: between two such places nothing changes. */
function addressesAround(texts: readonly string[]): string[] {
  const ranges = texts.flatMap((text) => readRange(text) ?? []);
  const places = ranges.flatMap((range) =>
    [first(range), last(range) + 1n].map((bits) => ({ bits, width: range.width })),
  );
  const inside = places.filter(({ bits, width }) => bits < 1n << BigInt(width));
  return [
    ...new Set([
      '203.0.113.77',
      '0.0.0.0',
      '::',
      ...inside.map(({ bits, width }) => addressText(bits, width)),
    ]),
  ];
}

function first({ bits, width, prefix }: AddressRange): bigint {
  const host = BigInt(width - prefix);
  return (bits >> host) << host;
}

function last({ bits, width, prefix }: AddressRange): bigint {
  const host = BigInt(width - prefix);
  return (((bits >> host) + 1n) << host) - 1n;
}

function addressText(bits: bigint, width: 32 | 128): string {
  const size = width === 32 ? 8n : 16n;
  const count = width === 32 ? 4 : 8;
  const parts = Array.from(
    { length: count },
    (_, at) => (bits >> (size * BigInt(count - 1 - at))) & ((1n << size) - 1n),
  );
  return width === 32 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':');
}
