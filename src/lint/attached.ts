import { liftsBoundary, openEverywhere } from '../access/reach/escalations.ts';
import { onOne } from '../access/reach/every.ts';
import { NO_ORGANIZATION } from '../access/reach/organization.ts';
import { allowedByOne, type Policies, policiesOf } from '../access/reach/policies.ts';
import { reachOf, type Scope } from '../access/reach/reach.ts';
import { any, MAYBE, NO, UNKNOWN, type Value } from '../access/reach/value.ts';
import type { AttachedPolicy } from '../access/role-context.ts';
import { ANY_ACCOUNT } from '../iam/arn.ts';
import { isPlainlyHarmless } from '../iam/escalation/harmless.ts';
import { isPowerfulPolicy } from '../iam/escalation/managed-policies.ts';
import { type EscalationPath, PATHS } from '../iam/escalation/paths.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import type { LintContext } from './lint-context.ts';

/**
 * A policy of the role that may be of interest, and what it lets the role do: less what the role's other policies deny, and
 * within its boundary, SCPs and RCPs.
 */
export interface Attached {
  /** Its place among the policies of the role. */
  readonly at: number;
  readonly policy: AttachedPolicy;
  /** Published paths whose first need it allows, the surest first. */
  readonly opens: readonly Opened[];
  /** Actions on permissions or trust that it allows on the role itself, the surest first. */
  readonly editsItself: readonly EditOfItself[];
}

/** How sure an answer is. */
interface HowSure {
  readonly value: Value;
  /** What it depends on, to be added to a message; empty where it depends on nothing. */
  readonly doubt: string;
}

export interface Opened extends HowSure {
  readonly path: EscalationPath;
  /** `pattern` only where the role's name is not known, so that the pattern may match the role itself. */
  readonly scope: Exclude<Scope, 'named'>;
}

interface EditOfItself extends HowSure {
  readonly action: string;
}

/** Nothing where none of the policies can be of interest to any rule. */
export function readAttached(trust: TrustPolicy, context: LintContext): Attached[] {
  const { attachedPolicies = [], boundary, roleArn, tags, organization } = context;
  if (attachedPolicies.every(isHarmless)) return [];
  const policies = policiesOf(
    {
      key: { account: context.account ?? ANY_ACCOUNT, name: context.roleName ?? '' },
      trust,
      policies: attachedPolicies,
      ...(roleArn !== undefined && { arn: roleArn }),
      ...(boundary && { boundary }),
      ...(tags && { tags }),
    },
    organization ?? NO_ORGANIZATION,
  );
  return attachedPolicies.flatMap((policy, at) => {
    if (isHarmless(policy)) return [];
    const own = allowedByOne(policies, at);
    const opens = opensOf(policies, own, context);
    // All that is known of a policy of AWS whose document is not known is that it runs code.
    return policies.each[at] === undefined
      ? [{ at, policy, opens: opens.filter(({ path }) => path.kind === 'runs'), editsItself: [] }]
      : [{ at, policy, opens, editsItself: editsOf(own, context) }];
  });
}

function isHarmless({ arn, document }: AttachedPolicy): boolean {
  return isPlainlyHarmless(document) && (arn === undefined || !isPowerfulPolicy(arn));
}

/** @param own what the one policy allows */
function opensOf(policies: Policies, own: Policies, context: LintContext): Opened[] {
  const { roleName, boundary } = context;
  return PATHS.flatMap((path): Opened[] => {
    // Lifting a boundary gives nothing to a role that has none.
    if (liftsBoundary(path) && !boundary) return [];
    const value = openEverywhere(policies, path, own);
    if (value !== NO) return [{ path, scope: 'every', ...sure(value, policies, context) }];
    const byPattern = roleName === undefined ? valueByPattern(own, path) : NO;
    return byPattern === NO
      ? []
      : [{ path, scope: 'pattern', ...sure(byPattern, policies, context) }];
  }).toSorted(surestFirst);
}

function valueByPattern(own: Policies, { needs: [need] }: EscalationPath): Value {
  if (need?.on !== 'role') return NO;
  const found = reachOf(own, need.action).filter(({ scope }) => scope !== 'named');
  return any(found.map(({ value }) => value));
}

/** What writes permissions or trust of a role. */
const EDITS = PATHS.flatMap((path) => {
  const [need] = path.needs;
  const isEdit = path.kind === 'permissions' || path.kind === 'trust';
  return isEdit && need?.on === 'role' ? [{ path, action: need.action }] : [];
});

function editsOf(own: Policies, context: LintContext): EditOfItself[] {
  const { roleName, rolePath = '/', boundary } = context;
  if (roleName === undefined) return [];
  return EDITS.flatMap(({ path, action }): EditOfItself[] => {
    if (liftsBoundary(path) && !boundary) return [];
    const value = onOne(own, action, `role${rolePath}${roleName}`);
    return value === NO ? [] : [{ action, ...sure(value, own, context) }];
  }).toSorted(surestFirst);
}

function surestFirst(one: HowSure, other: HowSure): number {
  return other.value - one.value;
}

function sure(value: Value, policies: Policies, { boundary }: LintContext): HowSure {
  return { value, doubt: doubtOf(value, policies, boundary) };
}

function doubtOf(
  value: Value,
  { boundary, organization }: Policies,
  named?: AttachedPolicy,
): string {
  if (value === MAYBE) return ', under a condition';
  if (value !== UNKNOWN) return '';
  if (boundary === 'unread')
    return `; the permissions boundary ${named?.arn ?? named?.name ?? ''} could not be read: its document is not in the input`;
  return organization.service.length > 0 && !organization.isByLevel
    ? '; whether an SCP denies it cannot be determined: where each is attached is not in the input'
    : ', which cannot be determined from the input';
}
