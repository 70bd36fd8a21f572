import {
  levelRules,
  organizationRules,
  type OrganizationRules,
} from '../../../src/access/reach/organization.ts';
import {
  decide,
  forAction,
  type Policies,
  policiesOf,
} from '../../../src/access/reach/policies.ts';
import type { Value } from '../../../src/access/reach/value.ts';
import type { AttachedPolicy, OrganizationPolicy } from '../../../src/access/role-context.ts';

export const ID = '111111111111';

/** A role with one policy, and what else decides. */
interface Given {
  readonly statements?: readonly object[];
  readonly version?: string;
  readonly boundary?: AttachedPolicy;
  readonly tags?: Readonly<Record<string, string>>;
  readonly organization?: OrganizationRules;
  /** `*` where it is not known. */
  readonly account?: string;
}

export const allow = (Action: string | string[], Resource: string | string[] = '*', more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: string | string[], Resource: string | string[] = '*', more = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

export function policiesWith(given: Given): Policies {
  const { statements = [], version = '2012-10-17', account = ID, boundary, tags } = given;
  const arn = account === '*' ? undefined : `arn:aws:iam::${account}:role/r`;
  return policiesOf(
    {
      key: { account, name: 'r' },
      trust: { version: '2012-10-17', statements: [], size: 0 },
      policies: [{ name: 'own', document: { Version: version, Statement: statements } }],
      ...(arn !== undefined && { arn }),
      ...(boundary && { boundary }),
      ...(tags && { tags }),
    },
    given.organization ?? organizationRules([]),
  );
}

/** How sure it is that the role may call an action on a resource. */
export function decided(given: Given, action: string, resource: string, isGranted?: Value): Value {
  const policies = policiesWith(given);
  return decide(forAction(policies, action), resource, policies.known, isGranted);
}

const policy = (kind: OrganizationPolicy['kind'], Statement: readonly object[]) => ({
  kind,
  document: { Version: '2012-10-17', Statement },
  place: { file: 'policy.json', path: '' },
});

export const scp = (...statements: readonly object[]) => policy('service-control', statements);
export const rcp = (...statements: readonly object[]) => policy('resource-control', statements);
export const unknown = (...statements: readonly object[]) => policy('unknown', statements);

/** Policies of which it is not known where they are attached. */
export const somewhere = (...policies: readonly OrganizationPolicy[]) =>
  organizationRules(policies);

/** One list of policies for each level, from the account up to the root. */
export const atLevels = (...levels: readonly (readonly OrganizationPolicy[])[]) =>
  levelRules(levels);
