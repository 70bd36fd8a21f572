import type { AttachedPolicy } from '../../../access/role-context.ts';
import type { Collector } from '../collector.ts';
import { readDocument } from '../document.ts';
import { managedPolicy } from '../iam-role.ts';
import { Undetermined, undeterminedIn, UnknownIdentifier } from '../undetermined.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { listOf, textOf } from '../values.ts';
import type { TerraformResource } from './resource.ts';

/** Something of each of the resources that others refer to: by name or ARN, and by address where that is not determined. */
interface ByReference<T> {
  readonly known: ReadonlyMap<string, T>;
  readonly addressed: ReadonlyMap<string, T>;
}

/** The policies of each role: Terraform has them in the role, and in resources beside it. */
export type PoliciesOfRoles = ByReference<readonly AttachedPolicy[]>;

/** Documents of the managed policies that are resources too, by ARN. */
export type ManagedDocuments = ByReference<unknown>;

export function managedDocuments(
  resources: readonly TerraformResource[],
  into: Collector,
): ManagedDocuments {
  const known = new Map<string, unknown>();
  const addressed = new Map<string, unknown>();
  for (const { address, type, mode, values, at } of resources) {
    if (type !== 'aws_iam_policy') continue;
    // A configuration only names the policy that a data source looks up.
    if (mode === 'data' && values['policy'] === undefined) continue;
    const document = documentAt(values['policy'], [...at, 'policy'], into);
    if (document === undefined) continue;
    addressed.set(address, document);
    const arn = textOf(values['arn']);
    if (arn !== undefined) known.set(arn, document);
  }
  return { known, addressed };
}

/** What the resources beside the roles attach to them. */
export function policiesOfRoles(
  resources: readonly TerraformResource[],
  documents: ManagedDocuments,
  into: Collector,
): PoliciesOfRoles {
  const known = new Map<string, readonly AttachedPolicy[]>();
  const addressed = new Map<string, readonly AttachedPolicy[]>();
  for (const resource of resources) {
    if (resource.mode !== 'managed') continue;
    const names = rolesNamedBy(resource);
    if (!names) continue;
    const unknown = undeterminedIn(names.filter((one) => !(one instanceof UnknownIdentifier)));
    if (unknown) {
      notDetermined(resource, unknown, 'the role of', into);
      continue;
    }
    const policies = policiesOf(resource, documents, into);
    for (const role of names) {
      const [found, key] =
        role instanceof UnknownIdentifier ? [addressed, role.address] : [known, textOf(role)];
      if (key !== undefined) found.set(key, [...(found.get(key) ?? []), ...policies]);
    }
  }
  return { known, addressed };
}

/** The roles that a resource gives policies to; `undefined` for a resource that gives none. */
function rolesNamedBy({ type, values }: TerraformResource): readonly unknown[] | undefined {
  switch (type) {
    case 'aws_iam_role_policy':
    case 'aws_iam_role_policy_attachment':
      return [values['role']];
    case 'aws_iam_policy_attachment':
      return values['roles'] instanceof Undetermined ? [values['roles']] : listOf(values['roles']);
    case 'aws_iam_role_policy_attachments_exclusive':
      return [values['role_name']];
    default:
      return undefined;
  }
}

function policiesOf(
  resource: TerraformResource,
  documents: ManagedDocuments,
  into: Collector,
): AttachedPolicy[] {
  const { type, values, at } = resource;
  if (type === 'aws_iam_role_policy') return inlinePolicy(values, at, into);
  const arns = 'policy_arns' in values ? values['policy_arns'] : [values['policy_arn']];
  const unknown = unknownPolicyIn(arns, documents);
  if (unknown) {
    notDetermined(resource, unknown, 'the policy of', into);
    return [];
  }
  return attachedPolicies(arns, at, documents, into);
}

/** Managed policies from a list of ARNs. */
export function attachedPolicies(
  arns: unknown,
  at: TerraformResource['at'],
  documents: ManagedDocuments,
  into: Collector,
): AttachedPolicy[] {
  const place = into.source.at(at);
  return listOf(arns).flatMap((arn) => {
    if (arn instanceof UnknownIdentifier)
      return [{ name: arn.address, document: documents.addressed.get(arn.address), place }];
    if (typeof arn !== 'string') return [];
    return [managedPolicy(arn, { document: documents.known.get(arn), place })];
  });
}

/** The first of some ARNs that is not determined, and is not that of a policy whose document is there. */
export function unknownPolicyIn(
  arns: unknown,
  { addressed }: ManagedDocuments,
): Undetermined | undefined {
  const isThere = (one: unknown) => one instanceof UnknownIdentifier && addressed.has(one.address);
  return undeterminedIn([arns].flat().filter((one) => !isThere(one)));
}

/** An inline policy from an object with `name` and `policy`; one without a document is none. */
export function inlinePolicy(
  values: JsonObject,
  at: TerraformResource['at'],
  into: Collector,
): AttachedPolicy[] {
  if (textOf(values['policy']) === undefined && !undeterminedIn(values['policy'])) {
    if (!isObject(values['policy'])) return [];
  }
  const document = documentAt(values['policy'], [...at, 'policy'], into);
  if (document === undefined) return [];
  return [{ name: textOf(values['name']) ?? '', document, place: into.source.at(at) }];
}

function documentAt(value: unknown, at: TerraformResource['at'], into: Collector): unknown {
  const unknown = undeterminedIn(value);
  if (unknown) {
    into.unreadable(at, `This policy cannot be determined: ${unknown.reason}`, FIX_UNDETERMINED);
    return undefined;
  }
  const document = readDocument(value);
  if ('json' in document) return document.json;
  into.unreadable(at, `This policy ${document.flaw}`, 'Correct it in the configuration');
  return undefined;
}

export const FIX_UNDETERMINED =
  'Give the plan (terraform show -json) or the folder of .tf files in addition, or the state after the apply';

function notDetermined(
  { address, at }: TerraformResource,
  { reason }: Undetermined,
  what: string,
  into: Collector,
): void {
  into.unreadable(at, `${what} ${address} cannot be determined: ${reason}`, FIX_UNDETERMINED);
}
