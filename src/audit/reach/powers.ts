import type { RoleContext } from '../../access/role-context.ts';
import type { Power, PowerKind, Scope } from '../report.ts';
import { actionsAt } from './actions.ts';
import { CAPABILITIES, WRITTEN } from './capabilities.ts';
import { type OpenPath, openPaths } from './escalations.ts';
import { FRESH } from './glob.ts';
import { decide, forAction, type Policies } from './policies.ts';
import { type Reached, reachOf, WIDEST } from './reach.ts';
import { all, certaintyOf, type Value } from './value.ts';
import { powerText } from './words.ts';

/** What a role may do, and the paths to more. */
export interface RoleReach {
  readonly administrator: Value;
  readonly powers: readonly Power[];
  readonly paths: readonly OpenPath[];
  /** What keeps this from being complete, in words. */
  readonly gaps: readonly string[];
}

/** Actions and resources that a power shows at most. */
const MOST_SHOWN = 5;

export function reachOfRole(role: RoleContext, policies: Policies): RoleReach {
  const { gaps } = policies;
  const administrator = administratorValue(policies);
  const certainty = certaintyOf(administrator);
  const paths = openPaths(role, policies);
  const powers = [
    ...(certainty === undefined
      ? []
      : [
          power('administrator', 'account', {
            certainty,
            scope: 'every',
            actions: ['*'],
            resources: ['*'],
          }),
        ]),
    ...paths.flatMap(escalationPower),
    ...assumePowers(policies),
    ...groups().flatMap(({ kind, of, actions }) => powersOf(policies, kind, of, actions)),
  ];
  return { administrator, powers, paths, gaps };
}

/**
 * An administrator may call any action, also one of a service that no policy has heard of, and write permissions and trust
 * of any role.
 */
function administratorValue(policies: Policies): Value {
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

function escalationPower({ path, value, scope, resources }: OpenPath): Power[] {
  const certainty = certaintyOf(value);
  if (certainty === undefined) return [];
  const actions = path.needs.map(({ action }) => action);
  return [
    {
      ...power('escalation', path.id, { certainty, scope, actions, resources }),
      source: path.source,
    },
  ];
}

function assumePowers(policies: Policies): Power[] {
  return powersOf({ ...policies, account: '*' }, 'assume', 'sts', ['sts:AssumeRole']);
}

interface Group {
  readonly kind: PowerKind;
  readonly of: string;
  readonly actions: readonly string[];
}

let grouped: readonly Group[] | undefined;

/** Everything that is looked for, by kind and service. */
function groups(): readonly Group[] {
  if (grouped) return grouped;
  const found = new Map<string, { kind: PowerKind; of: string; actions: string[] }>();
  const add = (kind: PowerKind, of: string, actions: readonly string[]) => {
    const key = `${kind} ${of}`;
    const group = found.get(key) ?? { kind, of, actions: [] };
    group.actions.push(...actions);
    found.set(key, group);
  };
  for (const { kind, of, actions } of CAPABILITIES) add(kind, of, actions);
  for (const service of Object.keys(WRITTEN))
    add(
      'write',
      service.replace(/^rds-data$/, 'rds'),
      actionsAt(service, ['write', 'permissions']),
    );
  grouped = [...found.values()];
  return grouped;
}

/** At most two: what is sure, and what reaches further under a condition. */
function powersOf(
  policies: Policies,
  kind: PowerKind,
  of: string,
  actions: readonly string[],
): Power[] {
  const services = new Set(actions.map((action) => action.split(':', 1)[0] ?? ''));
  const isAbout = [...services].some((service) =>
    policies.identity.some((rule) => rule.effect === 'Allow' && rule.mayCover(service)),
  );
  if (!isAbout) return [];
  const found = actions.flatMap((action) =>
    reachOf(policies, action).map((reached) => ({ action, reached })),
  );
  const kept: { value: Value; scope: Scope; actions: Set<string>; resources: Set<string> }[] = [];
  const order = found.toSorted(
    ({ reached: a }, { reached: b }) =>
      b.value - a.value || WIDEST.indexOf(a.scope) - WIDEST.indexOf(b.scope),
  );
  for (const { action, reached } of order) add(kept, action, reached);
  return kept.flatMap(({ value, scope, ...sets }) => {
    const certainty = certaintyOf(value);
    if (certainty === undefined) return [];
    const shown = (set: Set<string>) => [...set].slice(0, MOST_SHOWN);
    return [
      power(kind, of, {
        certainty,
        scope,
        actions: shown(sets.actions),
        resources: shown(sets.resources),
      }),
    ];
  });
}

function add(
  kept: { value: Value; scope: Scope; actions: Set<string>; resources: Set<string> }[],
  action: string,
  { value, scope, resources }: Reached,
): void {
  const wider = kept.find(
    (one) => one.value >= value && WIDEST.indexOf(one.scope) <= WIDEST.indexOf(scope),
  );
  if (wider === undefined) {
    kept.push({ value, scope, actions: new Set([action]), resources: new Set(resources) });
    return;
  }
  if (wider.value !== value || wider.scope !== scope) return;
  wider.actions.add(action);
  for (const one of resources) wider.resources.add(one);
}

function power(
  kind: PowerKind,
  of: string,
  rest: Pick<Power, 'certainty' | 'scope' | 'actions' | 'resources'>,
): Power {
  return { kind, of, ...rest, text: powerText(kind, of, rest) };
}
