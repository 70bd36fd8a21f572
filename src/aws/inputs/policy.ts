import type { OrganizationPolicy } from '../../access/role-context.ts';
import { readDocument } from './document.ts';
import type { Reader } from './reader.ts';
import { EXPORT_AGAIN } from './text/parse-json.ts';
import { type JsonObject, isObject } from '../../text/json-object.ts';
import { textOf } from './values.ts';

/** A policy document by itself: a role's trust policy, or a policy of an organization. */
export const policy: Reader = {
  recognizes: (value) => 'Statement' in value,
  read: (value, at, into) => {
    const kind = organizationKind(value);
    if (kind) {
      const isNamed = NAMED.test(into.source.file);
      into.organizationPolicy(at, { kind: isNamed ? kind : 'unknown', document: value });
    } else into.role(at, { label: into.labelOf(at), trust: value, trustAt: at });
  },
};

/** One statement by itself, as documentation and tickets quote it. */
export const statement: Reader = {
  recognizes: (value) => 'Effect' in value && ('Action' in value || 'NotAction' in value),
  read: (value, at, into) => {
    policy.read({ Version: '2012-10-17', Statement: [value] }, at, into);
  },
};

/**
 * `aws organizations describe-policy`.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/organizations/describe-policy.html
 */
export const organizationPolicy: Reader = {
  recognizes: (value) => isObject(value['Policy']) && isObject(value['Policy']['PolicySummary']),
  read: (value, at, into) => {
    const found = value['Policy'] as JsonObject;
    const summary = found['PolicySummary'] as JsonObject;
    const kind = KINDS.get(summary['Type']);
    const place = [...at, 'Policy', 'Content'];
    if (!kind) {
      into.unreadable(place, 'This is neither an SCP nor an RCP', 'Give a policy of these types');
      return;
    }
    const document = readDocument(found['Content']);
    const name = textOf(summary['Name']);
    const named = name === undefined ? {} : { name };
    if ('flaw' in document) {
      // What it denies is not known, and that is not nothing.
      if (kind === 'resource-control')
        into.organizationPolicy(place, { kind, document: undefined, ...named });
      into.unreadable(place, `The policy's content ${document.flaw}`, EXPORT_AGAIN);
      return;
    }
    into.organizationPolicy(place, { kind, document: document.json, ...named });
  },
};

const KINDS = new Map<unknown, OrganizationPolicy['kind']>([
  ['SERVICE_CONTROL_POLICY', 'service-control'],
  ['RESOURCE_CONTROL_POLICY', 'resource-control'],
]);

/** `scp.json`, `policies/scps/deny-regions.json`: the documents alone look like any policy of permissions or resources. */
const NAMED =
  /(?:^|[^a-z])(?:scps?|rcps?|(?:service|resource).?control(?:.?polic(?:y|ies))?)(?:[^a-z]|$)/i;

/**
 * A trust policy has a Principal and no Resource; a resource control policy has both, with Principal `*`, and a service
 * control policy has a Resource alone.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
function organizationKind(document: JsonObject): OrganizationPolicy['kind'] | undefined {
  const statements: readonly unknown[] = [document['Statement']].flat();
  if (statements.length === 0) return undefined;
  const every = (test: (one: JsonObject) => boolean) =>
    statements.every(
      (one) => isObject(one) && ('Resource' in one || 'NotResource' in one) && test(one),
    );
  if (every((one) => !('Principal' in one) && !('NotPrincipal' in one))) return 'service-control';
  if (every((one) => one['Principal'] === '*')) return 'resource-control';
  return undefined;
}
