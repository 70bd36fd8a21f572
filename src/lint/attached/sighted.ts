import { UNKNOWN } from '../../access/reach/value.ts';
import type { AttachedPolicy } from '../../access/role-context.ts';
import { type ManagedPower, powerfulPolicy } from '../../iam/escalation/managed-policies.ts';
import type { PathKind } from '../../iam/escalation/paths.ts';
import type { Attached } from './attached.ts';
import type { Opened } from './opened.ts';
import type { RoleSubject, Sighting } from '../rule.ts';

/**
 * A sighting for each attached policy of which there is something to say.
 *
 * @param look what a rule says of one; `undefined` for nothing
 */
export function sightAttached(
  { attached }: RoleSubject,
  look: (attached: Attached) => string | undefined,
): Sighting[] {
  return attached.flatMap((one) => {
    const message = look(one);
    return message === undefined ? [] : [{ path: `attachedPolicies[${one.at}]`, message }];
  });
}

/** Whether the first need of a path is allowed on every resource of its type. */
export function onEvery({ scope }: Opened): boolean {
  return scope === 'every';
}

/** How a policy is named in a message. */
export function nameOf({ arn, name }: AttachedPolicy): string {
  return name ?? arn ?? 'a policy';
}

/** The actions of a path, as a list in a sentence. */
export function actionsOf({ path }: Opened): string {
  return path.needs.map(({ action }) => action).join(' with ');
}

/** Each of them makes the role, or a user it takes over, whatever it wants. */
const THROUGH_IAM: readonly PathKind[] = ['permissions', 'trust', 'credentials'];

export function isThroughIam({ path }: Opened): boolean {
  return THROUGH_IAM.includes(path.kind);
}

/**
 * What there is to say of a policy as a whole: of a managed one of AWS that escalates by its name and the surest of what it opens,
 * and of one that makes the role an administrator. Whatever else it opens is part of that.
 */
export function wholeText(
  { policy, opens, administrator }: Attached,
  power?: ManagedPower,
): string | undefined {
  const { arn = '' } = policy;
  const wide = opens.filter(onEvery);
  const powers: readonly ManagedPower[] = power ? [power] : ['administrator', 'runs'];
  for (const one of powers) {
    const name = powerfulPolicy(arn, one);
    const surest = wide.find(one === 'administrator' ? isThroughIam : runsCode);
    if (name === undefined || surest === undefined) continue;
    // What a condition leaves of it is still too much.
    return `${name} is attached${surest.value === UNKNOWN ? surest.doubt : ''}`;
  }
  return administrator && power !== 'runs'
    ? `${nameOf(policy)} makes the role an administrator${administrator.doubt}`
    : undefined;
}

export function runsCode({ path }: Opened): boolean {
  return path.kind === 'runs';
}
