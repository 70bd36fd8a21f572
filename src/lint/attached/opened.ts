import {
  administratorValue,
  liftsBoundary,
  openEverywhere,
} from '../../access/reach/escalations.ts';
import { onOne } from '../../access/reach/every.ts';
import type { Policies } from '../../access/reach/policies.ts';
import { reachOf, type Scope } from '../../access/reach/reach.ts';
import { any, MAYBE, NO, UNKNOWN, type Value } from '../../access/reach/value.ts';
import type { AttachedPolicy } from '../../access/role-context.ts';
import { type EscalationPath, PATHS } from '../../iam/escalation/paths.ts';
import type { LintContext } from '../lint-context.ts';

/** How sure an answer is. */
export interface HowSure {
  readonly value: Value;
  /** What it depends on, to be added to a message; empty where it depends on nothing. */
  readonly doubt: string;
}

export interface Opened extends HowSure {
  readonly path: EscalationPath;
  /** `pattern` only where the role's name is not known, so that the pattern may match the role itself. */
  readonly scope: Exclude<Scope, 'named'>;
}

export interface EditOfItself extends HowSure {
  readonly action: string;
}

/** The published paths that a policy opens. @param own what the one policy allows */
export function opensOf(policies: Policies, own: Policies, context: LintContext): Opened[] {
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

/** Nothing where something that a policy opens is surer than that it allows everything. @param own what the one policy allows */
export function administratorOf(own: Policies, opens: readonly Opened[], context: LintContext) {
  const value = administratorValue(own);
  if (value === NO || opens.some((one) => one.value > value)) return {};
  return { administrator: sure(value, own, context) };
}

/** What writes permissions or trust of a role. */
const EDITS = PATHS.flatMap((path) => {
  const [need] = path.needs;
  const isEdit = path.kind === 'permissions' || path.kind === 'trust';
  return isEdit && need?.on === 'role' ? [{ path, action: need.action }] : [];
});

/** What a policy lets the role do to itself. @param own what the one policy allows */
export function editsOf(own: Policies, context: LintContext): EditOfItself[] {
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
