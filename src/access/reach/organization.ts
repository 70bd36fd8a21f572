import { controlsIn } from '../controls.ts';
import type { OrganizationPolicy } from '../role-context.ts';
import { type PolicyRule, rulesOf } from './rule.ts';

/** The SCPs and RCPs that are given. */
export interface OrganizationRules {
  /** One list for each SCP; where the levels are known, one for each level. */
  readonly service: readonly (readonly PolicyRule[])[];
  /** Whether it is known what is attached at each level, so that each of them must allow an action. */
  readonly isByLevel: boolean;
  /** Statements of all RCPs. Only those that deny count: what an RCP allows is for AWS to hold. */
  readonly resource: readonly PolicyRule[];
  /** RCPs that can deny sign-ins with a token. */
  readonly controls: readonly OrganizationPolicy[];
}

export function organizationRules(policies: readonly OrganizationPolicy[]): OrganizationRules {
  const rules = (kind: OrganizationPolicy['kind']) =>
    policies.filter((one) => one.kind === kind).map(({ document }) => rulesOf(document));
  return {
    service: rules('service-control'),
    isByLevel: false,
    resource: rules('resource-control').flat(),
    controls: controlsIn(policies),
  };
}

/**
 * The same of policies whose places in the organization are known. Every level has an SCP where SCPs are enabled, so one without
 * any says that they are not.
 *
 * @param levels from the account up to the root
 */
export function levelRules(levels: readonly (readonly OrganizationPolicy[])[]): OrganizationRules {
  const each = levels.map(organizationRules);
  return {
    service: each.flatMap(({ service }) => (service.length > 0 ? [service.flat()] : [])),
    isByLevel: true,
    resource: each.flatMap(({ resource }) => resource),
    controls: controlsIn(levels.flat()),
  };
}

/** A line for each policy of which nothing says whether it holds for the accounts: it does not count. */
export function undecidedPolicies(policies: readonly OrganizationPolicy[]): readonly string[] {
  return policies
    .filter(({ kind }) => kind === 'unknown')
    .map(
      ({ place }) =>
        `${place.file} holds a policy without a role, and does not count. If it is an SCP or RCP, say so in the name of the file or folder`,
    );
}

/** No SCP and no RCP. */
export const NO_ORGANIZATION: OrganizationRules = {
  service: [],
  isByLevel: false,
  resource: [],
  controls: [],
};
