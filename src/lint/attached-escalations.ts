import type { AttachedPolicy } from '../access/role-context.ts';
import type { Escalation } from '../iam/escalation/escalation.ts';
import type { Attached } from './attached.ts';
import type { RoleSubject, Sighting } from './rule.ts';

/**
 * A sighting for each attached policy of which there is something to say.
 *
 * @param look what a rule says of one; `undefined` for nothing
 */
export function sightAttached(
  { attached }: RoleSubject,
  look: (attached: Attached) => string | undefined,
): Sighting[] {
  return attached.flatMap((one, at) => {
    const message = look(one);
    return message === undefined ? [] : [{ path: `attachedPolicies[${at}]`, message }];
  });
}

/** Whether the first need of a path is allowed on every resource of its type. */
export function onEvery({ grants }: Escalation): boolean {
  return grants[0]?.reach === 'every';
}

/** How a policy is named in a message. */
export function nameOf({ arn, name }: AttachedPolicy): string {
  return name ?? arn ?? 'a policy';
}

/** What a condition adds to a message. */
export function underCondition({ conditional }: Escalation): string {
  return conditional ? ', under a condition' : '';
}

/** The actions of a path, as a list in a sentence. */
export function actionsOf({ path }: Escalation): string {
  return path.needs.map(({ action }) => action).join(' with ');
}
