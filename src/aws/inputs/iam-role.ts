import type { AttachedPolicy } from '../../access/role-context.ts';
import type { Collector } from './collector.ts';
import type { Reader } from './reader.ts';
import type { JsonPath } from './text/parse-json.ts';
import { type JsonObject, isObject } from '../../text/json-object.ts';
import { known, listOf, numberOf, textOf } from './values.ts';

/**
 * A role as `aws iam get-role` and `list-roles` print it, whole or as `--query Role` leaves it.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/get-role.html
 */
export const iamRole: Reader = {
  recognizes: (value) => isObject(value['Role']) || Array.isArray(value['Roles']) || isRole(value),
  read: (value, at, into) => {
    if (isObject(value['Role'])) readRole(value['Role'], [...at, 'Role'], into);
    else if (Array.isArray(value['Roles'])) {
      into.page(value, at);
      readRoles(value['Roles'], [...at, 'Roles'], into);
    } else readRole(value, at, into);
  },
};

function isRole(value: JsonObject): boolean {
  return 'AssumeRolePolicyDocument' in value || ('RoleName' in value && 'Arn' in value);
}

/** Reads each role of a list; what is not an object is reported. */
export function readRoles(
  roles: readonly unknown[],
  at: JsonPath,
  into: Collector,
  more: (role: JsonObject, at: JsonPath) => RolePolicies = () => ({}),
): void {
  for (const [role, place] of into.objects(roles, at, 'a role'))
    readRole(role, place, into, more(role, place));
}

interface RolePolicies {
  readonly policies?: readonly AttachedPolicy[];
  /** The document of the boundary, where the input holds it. */
  readonly boundaryDocument?: (arn: string) => unknown;
}

function readRole(
  role: JsonObject,
  at: JsonPath,
  into: Collector,
  { policies, boundaryDocument }: RolePolicies = {},
): void {
  const name = textOf(role['RoleName']);
  const boundary = role['PermissionsBoundary'];
  const arn = isObject(boundary) ? textOf(boundary['PermissionsBoundaryArn']) : undefined;
  into.role(at, {
    label: name ?? textOf(role['Arn']) ?? into.labelOf(at),
    name,
    trust: role['AssumeRolePolicyDocument'],
    trustAt: [...at, 'AssumeRolePolicyDocument'],
    arn: textOf(role['Arn']),
    path: textOf(role['Path']),
    boundary:
      arn === undefined
        ? undefined
        : known<AttachedPolicy>({
            arn,
            name: undefined,
            document: boundaryDocument?.(arn),
            place: into.source.at([...at, 'PermissionsBoundary']),
          }),
    tags: tagsOf(role['Tags']),
    lastUsed: lastUseOf(role['RoleLastUsed']),
    created: textOf(role['CreateDate']),
    maxSessionDuration: numberOf(role['MaxSessionDuration']),
    description: textOf(role['Description']),
    ...(policies && { policies }),
  });
}

/** AWS's list of keys and values as one object; `undefined` where there is no list. */
export function tagsOf(tags: unknown): Readonly<Record<string, string>> | undefined {
  if (!Array.isArray(tags)) return undefined;
  return Object.fromEntries(
    listOf(tags).flatMap((tag): [string, string][] => {
      if (!isObject(tag)) return [];
      const { Key: key, Value: value } = tag;
      return typeof key === 'string' && typeof value === 'string' ? [[key, value]] : [];
    }),
  );
}

function lastUseOf(lastUse: unknown): string | null | undefined {
  if (!isObject(lastUse)) return undefined;
  return textOf(lastUse['LastUsedDate']) ?? null;
}

/** A managed policy by its ARN, with the name that the ARN ends in. */
export function managedPolicy(
  arn: string,
  fields: Omit<AttachedPolicy, 'arn' | 'name'>,
): AttachedPolicy {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return known<AttachedPolicy>({ arn, name, document: fields.document, place: fields.place });
}
