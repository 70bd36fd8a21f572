import { prepareCondition } from '../iam/evaluate/condition.ts';
import {
  type ControlStatement,
  readControlPolicy,
  RESOURCE,
} from '../iam/evaluate/control-policy.ts';
import type { Condition, Statement } from '../iam/evaluate/policy.ts';
import { placeText } from './place.ts';
import type { OrganizationPolicy, RoleContext } from './role-context.ts';

/** What is looked at of a role. */
type ControlledRole = Pick<RoleContext, 'key' | 'arn' | 'path' | 'controls'>;

const NONE: readonly Statement[] = [];

/**
 * The statements of RCPs that deny for a role, without what is settled by which role it is. Where that is not known, and of
 * an RCP that cannot be read, a statement is undecided.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function deniesOf(role: ControlledRole): readonly Statement[] {
  const { controls = [] } = role;
  // RCPs do not restrict service-linked roles.
  if (controls.length === 0 || isServiceLinked(role)) return NONE;
  return controls.flatMap((control) => {
    const read = readControl(control);
    return read?.flatMap((one) => forRole(one, role)) ?? [unread(nameOfControl(control))];
  });
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html */
function isServiceLinked({ arn = '', path = '' }: ControlledRole): boolean {
  return /:role\/aws-service-role\/|^\/aws-service-role\//.test(arn || path);
}

/** What reports call an RCP. */
export function nameOfControl({ name, place }: OrganizationPolicy): string {
  return name ?? placeText({ file: place.file, path: place.path });
}

/** Whether an RCP can deny sign-ins: most are about other services, and AWS's own, which every organization has, allows all. */
function canDeny(control: OrganizationPolicy): boolean {
  return readControl(control)?.length !== 0;
}

/**
 * The RCPs among some policies that can deny sign-ins. One that is attached to several levels, or given several times, is one:
 * where it has no name, it gets that of all its places.
 */
export function controlsIn(policies: readonly OrganizationPolicy[]): OrganizationPolicy[] {
  const found = new Map<unknown, [OrganizationPolicy, ...OrganizationPolicy[]]>();
  for (const one of policies) {
    if (one.kind !== 'resource-control' || !canDeny(one)) continue;
    // Nothing says that two which cannot be read are the same.
    const key = one.document === undefined ? one : JSON.stringify([one.name, one.document]);
    const same = found.get(key);
    if (same) same.push(one);
    else found.set(key, [one]);
  }
  return [...found.values()].map((same) => {
    const names = [...new Set(same.map(nameOfControl))];
    return names.length > 1 ? { ...same[0], name: names.join(' and ') } : same[0];
  });
}

const known = new WeakMap<
  OrganizationPolicy,
  { readonly read: ReturnType<typeof readControlPolicy> }
>();

/** One RCP holds for many roles. */
function readControl(control: OrganizationPolicy): ReturnType<typeof readControlPolicy> {
  const found = known.get(control) ?? {
    read: readControlPolicy(control.document, nameOfControl(control)),
  };
  known.set(control, found);
  return found.read;
}

function forRole({ statement, resource }: ControlStatement, role: ControlledRole): Statement[] {
  const { key, arn } = role;
  const account = /^\d{12}$/.test(key.account) ? key.account : undefined;
  const isAll = resource.values.some(({ text }) => text === '*');
  const settled = [
    settle(resource, { [RESOURCE]: isAll ? '' : arn }),
    ...statement.conditions.map((one) =>
      settle(one, one.key.toLowerCase() === 'aws:resourceaccount' ? { [one.key]: account } : {}),
    ),
  ];
  if (settled.includes(false)) return [];
  const open = settled.filter((one) => typeof one === 'object');
  if (settled[0] === true && open.length === statement.conditions.length) return [statement];
  return [{ ...statement, conditions: open.map((one) => undecidedIn(statement, one)) }];
}

/** A truth value where what it asks for is known of the role; otherwise the condition. */
function settle(
  condition: Condition,
  { [condition.key]: value }: Readonly<Record<string, string | undefined>>,
): Condition | boolean {
  const waits = condition.values.some(({ text }) => text.includes('${'));
  if (value === undefined || waits) return condition;
  return prepareCondition(condition, { variables: true })({ [condition.key]: value }).matched;
}

function undecidedIn({ path, document = '' }: Statement, condition: Condition): Condition {
  if (condition.key !== RESOURCE) return condition;
  const values = condition.values.map(({ text }) => text).join(' or ');
  return {
    ...condition,
    undecided: `${path} of RCP ${document} (its ${condition.path} is ${values}, and the ARN of the role is not known)`,
  };
}

/** Denies what it may deny, which is everything. */
function unread(document: string): Statement {
  const path = '';
  const operator = { base: 'StringLike', ifExists: false, text: 'StringLike' };
  const undecided = `RCP ${document} (it cannot be read)`;
  return {
    index: 0,
    path: 'Statement',
    document,
    effect: 'Deny',
    principal: { negated: false, path, entries: [{ type: '*', value: '*', path }] },
    action: { negated: false, path, patterns: ['*'] },
    conditions: [{ path, operator, key: RESOURCE, issuer: '', claim: '', values: [], undecided }],
  };
}
