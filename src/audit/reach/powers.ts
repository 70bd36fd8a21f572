import type { RoleContext } from '../../access/role-context.ts';
import type { PowerCertainty, Power, PowerKind } from '../report.ts';
import { actionsAt } from '../../access/reach/actions.ts';
import { CAPABILITIES, NOT_WRITING, WRITTEN } from './capabilities.ts';
import { administratorValue, type OpenPath, openPaths } from '../../access/reach/escalations.ts';
import type { Policies } from '../../access/reach/policies.ts';
import { type Reached, reachOf, type Scope, WIDEST } from '../../access/reach/reach.ts';
import { NO, type Value, YES } from '../../access/reach/value.ts';
import { certaintyOf, powerText } from './words.ts';

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

/**
 * What a role may do.
 *
 * @param isShown whether anybody in the estate can become it; otherwise only its paths to everything count, for services
 *   that it is passed to
 */
export function reachOfRole(role: RoleContext, policies: Policies, isShown: boolean): RoleReach {
  const { gaps } = policies;
  const administrator = administratorValue(policies);
  // An administrator may do all the rest, too.
  if (administrator === YES) return { administrator, powers: ADMINISTRATOR, paths: [], gaps };
  const certainty = certaintyOf(administrator);
  const paths = openPaths(role, policies);
  if (!isShown)
    return { administrator, powers: [], paths: paths.filter(({ leads }) => leads !== NO), gaps };
  const powers = [
    ...(certainty === undefined ? [] : [administratorPower(certainty)]),
    ...paths.flatMap(escalationPower),
    ...assumePowers(policies),
    ...groups().flatMap(({ kind, of, actions }) => powersOf(policies, kind, of, actions)),
  ];
  return { administrator, powers, paths, gaps };
}

/** One list for all of them. */
const ADMINISTRATOR: readonly Power[] = [administratorPower('allowed')];

function administratorPower(certainty: PowerCertainty): Power {
  const all = { certainty, scope: 'every', actions: ['*'], resources: ['*'] } as const;
  return power('administrator', 'account', all);
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

interface PowerGroup {
  readonly kind: PowerKind;
  readonly of: string;
  readonly actions: readonly string[];
}

let grouped: readonly PowerGroup[] | undefined;

/** Everything that is looked for, by kind and service. */
function groups(): readonly PowerGroup[] {
  if (grouped) return grouped;
  const found = new Map<string, { kind: PowerKind; of: string; actions: string[] }>();
  const add = (kind: PowerKind, of: string, actions: readonly string[]) => {
    const key = `${kind} ${of}`;
    const group = found.get(key) ?? { kind, of, actions: [] };
    group.actions.push(...actions);
    found.set(key, group);
  };
  for (const { kind, of, actions } of CAPABILITIES) add(kind, of, actions);
  const reading = new Set(
    CAPABILITIES.flatMap(({ kind, actions }) => (kind === 'read' ? actions : [])),
  );
  for (const service of Object.keys(WRITTEN)) {
    const writing = actionsAt(service, ['write', 'permissions']);
    add(
      'write',
      service.replace(/^rds-data$/, 'rds'),
      writing.filter((action) => !reading.has(action) && !NOT_WRITING.test(action)),
    );
  }
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
  // Most roles may call few of the actions: lists of nothing would be made for each of the others.
  const found: { action: string; reached: Reached }[] = [];
  for (const action of actions)
    for (const reached of reachOf(policies, action)) found.push({ action, reached });
  if (found.length === 0) return [];
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
