import type { AttachedPolicy, ProviderFacts } from '../../../access/role-context.ts';
import { accountOf, ANY_ACCOUNT } from '../../../iam/arn.ts';
import { issuerOfArn } from '../../../iam/condition-keys.ts';
import type { Collector } from '../collector.ts';
import { Undetermined, undeterminedIn } from '../undetermined.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { known, listOf, numberOf, textOf, textsOf } from '../values.ts';
import { computedAttribute } from './identity.ts';
import {
  attachedPolicies,
  FIX_UNDETERMINED,
  inlinePolicy,
  managedDocuments,
  policiesOfRoles,
  unknownPolicyIn,
  type ManagedDocuments,
  type PoliciesOfRoles,
} from './policies-of-role.ts';
import type { Surroundings, TerraformResource } from './resource.ts';

/** Turns Terraform's IAM resources into roles and providers, wherever the resources come from. */
export function readResources(
  found: readonly TerraformResource[],
  surroundings: Surroundings,
  into: Collector,
): void {
  const resources = found.map((one) => withArn(one, surroundings));
  const documents = managedDocuments(resources, into);
  // An ARN in which a stand-in takes the account's place is that of no policy.
  for (const { type, values } of surroundings.account === undefined ? found : resources) {
    const arn = textOf(values['arn']);
    const document = arn === undefined ? undefined : documents.known.get(arn);
    if (type === 'aws_iam_policy' && arn !== undefined && document !== undefined)
      into.managedPolicy(arn, document);
  }
  const policies = policiesOfRoles(resources, documents, into);
  const { account, region, partition = region } = surroundings;
  const isWhole = account !== undefined && partition !== undefined;
  for (const [index, resource] of resources.entries()) {
    if (resource.type === 'aws_iam_openid_connect_provider')
      readProvider(resource, !isWhole && resource !== found[index], into);
    if (resource.type === 'aws_iam_role')
      readRole(resource, surroundings, { documents, policies }, into);
  }
}

/** An ARN that is not known yet follows from the rest. */
function withArn(resource: TerraformResource, surroundings: Surroundings): TerraformResource {
  if (textOf(resource.values['arn']) !== undefined) return resource;
  const arn = computedAttribute(resource, 'arn', surroundings);
  return arn === undefined ? resource : { ...resource, values: { ...resource.values, arn } };
}

function readProvider(
  { address, values, at }: TerraformResource,
  hasStandIn: boolean,
  into: Collector,
): void {
  const unknown = undeterminedIn(values['url']);
  const arn = textOf(values['arn']);
  const url = textOf(values['url']) ?? (arn === undefined ? undefined : issuerOfArn(arn));
  if (url === undefined) {
    const reason = unknown?.reason ?? 'it has no url';
    into.unreadable(at, `The URL of ${address} cannot be determined: ${reason}`, FIX_UNDETERMINED);
    return;
  }
  into.provider(
    at,
    known<Omit<ProviderFacts, 'place'>>({
      arn,
      url,
      clientIds: textsOf(values['client_id_list']),
      thumbprints: textsOf(values['thumbprint_list'])?.map((one) => one.toLowerCase()),
      hasStandIn: hasStandIn || undefined,
    }),
  );
}

interface AttachedDocuments {
  readonly documents: ManagedDocuments;
  readonly policies: PoliciesOfRoles;
}

function readRole(
  { address, mode, values, at, sharedAs }: TerraformResource,
  { account }: Surroundings,
  { documents, policies }: AttachedDocuments,
  into: Collector,
): void {
  const trust = values['assume_role_policy'];
  // A configuration only names the role that a data source looks up: another one makes it.
  if (mode === 'data' && trust === undefined) return;
  const name = textOf(values['name']);
  const owner = accountOf(knownArn(values, account)) ?? account ?? ANY_ACCOUNT;
  const trustAt = [...at, 'assume_role_policy'];
  const unknown = undeterminedIn(trust);
  if (unknown || trust === undefined || trust === null) {
    const reason = unknown?.reason ?? 'it is not in the input';
    into.unreadable(
      trustAt,
      `The trust policy of ${address} cannot be determined: ${reason}`,
      FIX_UNDETERMINED,
      address,
      name === undefined ? undefined : { account: owner, name },
    );
    return;
  }
  for (const field of ['managed_policy_arns', 'inline_policy', 'permissions_boundary']) {
    const part = unknownPolicyIn(values[field], documents);
    if (part)
      into.unreadable(
        [...at, field],
        `${field} of ${address} cannot be determined: ${part.reason}`,
        FIX_UNDETERMINED,
      );
  }
  const beside = [
    ...((name === undefined ? undefined : policies.known.get(name)) ?? []),
    ...(policies.addressed.get(address) ?? []),
  ];
  const own = ownPolicies(values, at, documents, into);
  const [boundary] = attachedPolicies(
    [values['permissions_boundary']],
    [...at, 'permissions_boundary'],
    documents,
    into,
  );
  into.role(at, {
    label: address,
    name,
    account: owner,
    trust,
    trustAt,
    arn: knownArn(values, account),
    path: textOf(values['path']) ?? '/',
    policies: mode === 'managed' ? inOrder([...beside, ...own]) : undefined,
    boundary,
    tags: tagsOf(values),
    maxSessionDuration: numberOf(values['max_session_duration']) ?? DEFAULT_DURATION,
    description: textOf(values['description']),
    sharedAs,
  });
}

/** AWS's default, which Terraform writes too. Seconds. */
const DEFAULT_DURATION = 3600;

/** An ARN in which a stand-in takes the account's place is not known. */
function knownArn(values: JsonObject, account: string | undefined): string | undefined {
  const isComputed = values['unique_id'] === undefined;
  return isComputed && account === undefined ? undefined : textOf(values['arn']);
}

function ownPolicies(
  values: JsonObject,
  at: TerraformResource['at'],
  documents: ManagedDocuments,
  into: Collector,
): AttachedPolicy[] {
  const arns =
    values['managed_policy_arns'] instanceof Undetermined ? [] : values['managed_policy_arns'];
  return [
    ...attachedPolicies(arns, [...at, 'managed_policy_arns'], documents, into),
    ...listOf(values['inline_policy']).flatMap((policy, index) =>
      isObject(policy) ? inlinePolicy(policy, [...at, 'inline_policy', index], into) : [],
    ),
  ];
}

/** Managed policies first, each once: a state has an attachment in the role and in a resource of its own. */
function inOrder(policies: readonly AttachedPolicy[]): AttachedPolicy[] {
  const byKey = new Map<string, AttachedPolicy>();
  for (const policy of policies) {
    const key = policy.arn ?? `inline ${policy.name ?? ''}`;
    if (!byKey.has(key)) byKey.set(key, policy);
  }
  const all = [...byKey.values()];
  return [
    ...all.filter(({ arn }) => arn !== undefined),
    ...all.filter(({ arn }) => arn === undefined),
  ];
}

function tagsOf(values: JsonObject): Readonly<Record<string, string>> {
  const tags = isObject(values['tags_all']) ? values['tags_all'] : values['tags'];
  if (!isObject(tags)) return {};
  return Object.fromEntries(
    Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
