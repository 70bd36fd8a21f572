import { accountOf } from '../../iam/arn.ts';
import type { EstateRole } from '../estate/estate-role.ts';
import type { OpenPath } from '../../access/reach/escalations.ts';
import { decide, knowing, knownOf } from '../../access/reach/policies.ts';
import { all, NO, type Value, YES } from '../../access/reach/value.ts';

/** A way from one role to the next. */
export interface ChainStep {
  readonly to: EstateRole;
  readonly value: Exclude<Value, 0>;
  /** As {@link RoleChain.by}. */
  readonly by: string;
}

/** Roles by account and service that they trust. */
export type Passable = ReadonlyMap<string, readonly EstateRole[]>;

export function passableRoles(roles: Iterable<EstateRole>): Passable {
  const found = new Map<string, EstateRole[]>();
  for (const role of roles)
    for (const service of role.services) {
      const key = keyOf(role, service);
      found.set(key, [...(found.get(key) ?? []), role]);
    }
  return found;
}

function keyOf({ arn }: EstateRole, service: string): string {
  return `${accountOf(arn) ?? ''} ${service}`;
}

/** The roles that may be passed by a path, and how sure that is. */
export function passedBy(
  role: EstateRole,
  { path: { service }, rest }: OpenPath,
  passable: Passable,
): readonly { readonly target: EstateRole; readonly value: Value }[] {
  const { passing } = role;
  if (service === undefined || passing === undefined) return [];
  const known = knowing(knownOf(role), { 'iam:PassedToService': service });
  return (passable.get(keyOf(role, service)) ?? []).map((target) => ({
    target,
    value: all([rest, target.arn === undefined ? NO : decide(passing, target.arn, known)]),
  }));
}

/**
 * The services to which a role passes some roles but not others. One that may pass every role is an administrator by that, and
 * its steps would be all roles of the account.
 */
export function passesTo({ administrator, paths }: EstateRole): readonly OpenPath[] {
  if (administrator === YES) return [];
  return paths.filter(({ path, leads }) => path.service !== undefined && leads !== YES);
}

/** The roles that a role may become by passing them to a service that runs its code. */
export function passSteps(role: EstateRole, passable: Passable): ChainStep[] {
  return passesTo(role).flatMap((open) =>
    passedBy(role, open, passable).flatMap(({ target, value }) =>
      value === NO || target === role ? [] : [{ to: target, value, by: open.path.id }],
    ),
  );
}
