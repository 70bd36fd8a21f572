import { managedPolicyName } from '../../iam/arn.ts';
import type { InlinePolicy, RoleBlueprint } from '../blueprint.ts';
import type { AccessChange } from './change.ts';
import { canonical } from '../../compare/canonical.ts';
import { compareDocuments } from '../../compare/compare-documents.ts';
import { listed } from './words.ts';

/** What a role may do that it could not, and the reverse. */
export function permissionChanges(before: RoleBlueprint, after: RoleBlueprint): AccessChange[] {
  const { name: role } = after;
  const change = (kind: AccessChange['kind'], text: string): AccessChange => ({
    kind,
    role,
    sources: [],
    text,
  });
  const had = new Map(before.inlinePolicies.map((policy) => [policy.name, policy]));
  const has = new Set(after.inlinePolicies.map(({ name }) => name));
  const arnsBefore = before.managedPolicies.map(({ arn }) => arn);
  const arnsAfter = after.managedPolicies.map(({ arn }) => arn);
  return [
    ...after.inlinePolicies.flatMap((policy) => {
      const earlier = had.get(policy.name);
      if (!earlier) return [change('gained', `${role} ${gains(policy)}`)];
      if (canonical(earlier.document) === canonical(policy.document)) return [];
      const kind = compareDocuments(earlier.document, policy.document);
      return [change(kind, changed(earlier, policy, role))];
    }),
    ...before.inlinePolicies
      .filter(({ name }) => !has.has(name))
      .map((policy) => change('lost', `${role} ${loses(policy)}`)),
    ...arnsAfter
      .filter((arn) => !arnsBefore.includes(arn))
      .map((arn) => change('gained', `${role} gets the managed policy ${managedPolicyName(arn)}`)),
    ...arnsBefore
      .filter((arn) => !arnsAfter.includes(arn))
      .map((arn) => change('lost', `${role} loses the managed policy ${managedPolicyName(arn)}`)),
  ];
}

function gains({ name, permits }: InlinePolicy): string {
  return permits.length > 0 ? `may now ${listed(permits)}` : `gets the inline policy ${name}`;
}

function loses({ name, permits }: InlinePolicy): string {
  return permits.length > 0
    ? `may no longer ${listed(permits)}`
    : `loses the inline policy ${name}`;
}

function changed(before: InlinePolicy, after: InlinePolicy, role: string): string {
  const [had, has] = [listed(before.permits), listed(after.permits)];
  if (had === has) return `the inline policy ${after.name} of ${role} has other statements`;
  return `${role} may now ${has}; before: ${had}`;
}
