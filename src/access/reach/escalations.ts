import type { RoleContext } from '../role-context.ts';
import { PATHS, type EscalationPath, type Need } from '../../iam/escalation/paths.ts';
import { everyOneOf } from './every.ts';
import { FRESH } from './glob.ts';
import { decide, forAction, knowing, mayAllow, type Policies } from './policies.ts';
import { type Reached, reachOf, type Scope, WIDEST } from './reach.ts';
import { all, NO, type Value, any } from './value.ts';

/** A published path that a role's permissions open. */
export interface OpenPath {
  readonly path: EscalationPath;
  readonly value: Exclude<Value, 0>;
  /** How far the first need reaches. */
  readonly scope: Scope;
  readonly resources: readonly string[];
  /** Whether it works on the role itself, or on a policy that it carries. */
  readonly onItself: Value;
  /** What is needed in addition to passing a role, for a path that passes one. */
  readonly rest: Value;
  /** Whether it gives every permission, wherever it leads: see {@link leads}. */
  readonly leads: Value;
}

/** Becoming another role is for the chains, and passing one gives nothing by itself. */
const LOOKED_FOR = PATHS.filter(({ kind }) => kind !== 'assumes' && kind !== 'passes');

/** Each path that is open, under boundary, SCPs and RCPs. */
export function openPaths(role: RoleContext, policies: Policies): OpenPath[] {
  const reaches = new Map<string, readonly Reached[]>();
  const isAllowed = ({ action }: Need) => mayAllow(policies, action);
  return LOOKED_FOR.filter(({ needs }) => needs.every(isAllowed)).flatMap((path) => {
    const found = path.needs.map((need) => reachOfNeed(policies, path, need, reaches));
    const [targets = [], ...others] = found;
    const [surest] = targets;
    if (!surest || found.some((one) => one.length === 0)) return [];
    const rest = least(others.flatMap((one) => one.slice(0, 1)));
    const onItself = ownValue(role, policies, path);
    const within = (value: Exclude<Value, 0>) => (value < rest ? value : rest);
    const { scope, resources } = surest;
    const open = { path, value: within(surest.value), scope, resources, onItself, rest };
    // What reaches further under a condition may lead further.
    const leading = targets.map((one) =>
      leads({ path, onItself, scope: one.scope, value: within(one.value) }, role),
    );
    return [{ ...open, leads: any(leading) }];
  });
}

/**
 * How sure it is that a path is open with every resource of its first need's type.
 *
 * @param granting what allows the first need; by all policies together where left out
 */
export function openEverywhere(
  policies: Policies,
  path: EscalationPath,
  granting: Policies = policies,
): Value {
  const [first, ...others] = path.needs;
  if (!first || !mayAllow(granting, first.action)) return NO;
  const every =
    first.on === 'none'
      ? any(
          reachOf(granting, first.action).map(({ value, scope }) =>
            scope === WIDEST[0] ? value : NO,
          ),
        )
      : everyOneOf(granting, first.action, first.on, knownOfNeed(granting, path, first));
  if (every === NO) return NO;
  return all([
    every,
    ...others.map((need) => any(reachOf(policies, need.action).map(({ value }) => value))),
  ]);
}

/**
 * An administrator may call any action, also one of a service that no policy has heard of, and write permissions and trust
 * of any role.
 */
export function administratorValue(policies: Policies): Value {
  const { known, partition, account } = policies;
  const asked = [
    ['zq0:AnyAction', `arn:${partition}:zq0:zq0:${account}:${FRESH}`],
    ['iam:PutRolePolicy', `arn:${partition}:iam::${account}:role/${FRESH}`],
    ['iam:UpdateAssumeRolePolicy', `arn:${partition}:iam::${account}:role/${FRESH}`],
  ] as const;
  return all(
    asked.map(([action, resource]) => decide(forAction(policies, action), resource, known)),
  );
}

function least(all: readonly Reached[]): Exclude<Value, 0> {
  return all.reduce<Exclude<Value, 0>>((value, one) => (one.value < value ? one.value : value), 3);
}

function reachOfNeed(
  policies: Policies,
  path: EscalationPath,
  need: Need,
  known: Map<string, readonly Reached[]>,
): readonly Reached[] {
  const key = `${need.action} ${need.action === PASS_ROLE ? (path.service ?? '') : ''}`;
  const found = known.get(key) ?? reachOf(policies, need.action, knownOfNeed(policies, path, need));
  known.set(key, found);
  return found;
}

const PASS_ROLE = 'iam:PassRole';

/** Which service a role is passed to follows from the path. */
function knownOfNeed(
  { known }: Policies,
  { service }: EscalationPath,
  { action }: Need,
): Policies['known'] {
  return action === PASS_ROLE && service !== undefined
    ? knowing(known, { 'iam:PassedToService': service })
    : known;
}

/** Whether a path that writes permissions or trust works on the role itself, or on a managed policy that it carries. */
function ownValue(role: RoleContext, policies: Policies, { kind, needs }: EscalationPath): Value {
  const [need] = needs;
  if (!need || (kind !== 'permissions' && kind !== 'trust')) return NO;
  const own =
    need.on === 'role'
      ? [role.arn]
      : need.on === 'policy'
        ? (role.policies ?? []).map(({ arn }) => arn)
        : [];
  if (own.length === 0) return NO;
  const rules = forAction(policies, need.action);
  return any(
    own.map((arn) =>
      arn === undefined || arn.includes(':iam::aws:') ? NO : decide(rules, arn, policies.known),
    ),
  );
}

/** Whether a path does nothing but lift a boundary. */
export function liftsBoundary({ id }: Pick<EscalationPath, 'id'>): boolean {
  return id.includes('boundary');
}

/**
 * Whether a path gives every permission of the account: writing permissions where it matters, or passing any role. Lifting a
 * boundary gives nothing to a role that has none, and which role runs the code that can be replaced is not known.
 */
function leads(
  {
    path: { id, kind, service },
    scope,
    value,
    onItself,
  }: Pick<OpenPath, 'path' | 'scope' | 'value' | 'onItself'>,
  role: RoleContext,
): Value {
  if (liftsBoundary({ id })) return role.boundary ? onItself : NO;
  if (kind === 'runs' && service === undefined) return NO;
  return scope === WIDEST[0] ? value : onItself;
}
