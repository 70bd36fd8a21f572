import type { AttachedPolicy } from '../../access/role-context.ts';
import type { Collector } from './collector.ts';
import { readDocument } from './document.ts';
import { managedPolicy, readRoles } from './iam-role.ts';
import type { Reader } from './reader.ts';
import { EXPORT_AGAIN, type JsonPath } from './text/parse-json.ts';
import { type JsonObject, isObject } from '../../text/json-object.ts';
import { listOf, textOf } from './values.ts';

/**
 * `aws iam get-account-authorization-details`: the roles of an account with all their policies.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/get-account-authorization-details.html
 */
export const accountDetails: Reader = {
  recognizes: (value) => Array.isArray(value['RoleDetailList']),
  read: (value, at, into) => {
    into.page(value, at);
    const managed = managedDocuments(value['Policies'], [...at, 'Policies'], into);
    for (const [arn, document] of managed) into.managedPolicy(arn, document);
    // A document that cannot be read is reported where it is attached.
    const boundaryDocument = (arn: string) => {
      const document = readDocument(managed.get(arn));
      return 'json' in document ? document.json : undefined;
    };
    readRoles(listOf(value['RoleDetailList']), [...at, 'RoleDetailList'], into, (role, place) => {
      const policies: AttachedPolicy[] = [];
      addAttached(policies, role, place, managed, into);
      addInline(policies, role, place, into);
      return { policies, boundaryDocument };
    });
  },
};

/** The default version of each managed policy, by ARN. */
function managedDocuments(
  policies: unknown,
  at: JsonPath,
  into: Collector,
): ReadonlyMap<string, unknown> {
  return new Map(
    into.objects(policies, at, 'a policy').flatMap(([policy]): [string, unknown][] => {
      const arn = textOf(policy['Arn']);
      const version = listOf(policy['PolicyVersionList'])
        .filter(isObject)
        .find((one) => one['IsDefaultVersion'] === true);
      return arn !== undefined && version ? [[arn, version['Document']]] : [];
    }),
  );
}

// An account has thousands of roles: what is attached to them is gathered without a list for each policy.

function addAttached(
  policies: AttachedPolicy[],
  role: JsonObject,
  at: JsonPath,
  managed: ReadonlyMap<string, unknown>,
  into: Collector,
): void {
  const within = [...at, 'AttachedManagedPolicies'];
  for (const [policy, place] of into.objects(role['AttachedManagedPolicies'], within, 'a policy')) {
    const arn = textOf(policy['PolicyArn']);
    if (arn === undefined) {
      into.isNot('a policy with an ARN', place);
      continue;
    }
    const document = managed.has(arn) ? documentOf(managed.get(arn), place, into) : undefined;
    policies.push(managedPolicy(arn, { document, place: into.source.at(place) }));
  }
}

function addInline(
  policies: AttachedPolicy[],
  role: JsonObject,
  at: JsonPath,
  into: Collector,
): void {
  const listed = into.objects(role['RolePolicyList'], [...at, 'RolePolicyList'], 'a policy');
  for (const [policy, place] of listed) {
    const document = documentOf(policy['PolicyDocument'], place, into);
    if (document === undefined) continue;
    const name = textOf(policy['PolicyName']) ?? '';
    policies.push({ name, document, place: into.source.at(place) });
  }
}

/** The document as JSON; what is not one is reported, and its role is read without it. */
function documentOf(value: unknown, at: JsonPath, into: Collector): unknown {
  const document = readDocument(value);
  if ('json' in document) return document.json;
  into.unreadable(at, `This policy document ${document.flaw}`, EXPORT_AGAIN);
  return undefined;
}
