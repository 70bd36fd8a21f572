import type { AttachedPolicy } from '../access/role-context.ts';
import type { LintContext } from './lint-context.ts';
import { escalationsOf, type Escalation } from '../iam/escalation/escalation.ts';
import { permissionStatements } from '../iam/escalation/statements.ts';
import type { Sighting } from './rule.ts';

/** What a rule says of one attached policy; `undefined` for nothing. */
type Look = (policy: AttachedPolicy, escalations: readonly Escalation[]) => string | undefined;

/** A sighting for each attached policy of which there is something to say. */
export function sightAttached({ attachedPolicies = [] }: LintContext, look: Look): Sighting[] {
  return attachedPolicies.flatMap((policy, at) => {
    const message = look(policy, escalationsOf(permissionStatements(policy.document)));
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
