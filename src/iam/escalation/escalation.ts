import { ESCALATING_SERVICES } from './harmless.ts';
import { PATHS, type EscalationPath, type Need } from './paths.ts';
import type { PermissionStatement, ResourceReach } from './statements.ts';

/** A path that statements open, and how. */
export interface Escalation {
  readonly path: EscalationPath;
  /** How far each need of the path is allowed, in the order of the needs. */
  readonly grants: readonly Granted[];
  /** Whether a condition, of an Allow or a Deny, decides about it. */
  readonly conditional: boolean;
}

/** A need that is allowed. */
interface Granted extends Need {
  readonly reach: ResourceReach;
  /** Indexes of the statements that allow it. */
  readonly statements: readonly number[];
}

const WIDEST: readonly ResourceReach[] = ['every', 'pattern', 'named'];

/**
 * How permission statements escalate: each published path that they open. It errs towards saying so: a condition makes
 * a path conditional, never absent, and a Deny closes one only where it has no condition and holds for every resource.
 *
 * @param all the statements of all policies of one role
 */
export function escalationsOf(all: readonly PermissionStatement[]): Escalation[] {
  const statements = all.filter(mayEscalate);
  if (statements.length === 0) return [];
  return PATHS.flatMap((path) => {
    const found = path.needs.map((need) => granted(need, statements));
    const grants = found.filter((grant) => grant !== undefined);
    if (grants.length < path.needs.length) return [];
    return [{ path, grants, conditional: grants.some(({ conditional }) => conditional) }];
  });
}

/** False of most statements: all their actions are of services that no path needs. */
function mayEscalate({ services }: PermissionStatement): boolean {
  return (
    services === undefined || [...services].some((service) => ESCALATING_SERVICES.has(service))
  );
}

function granted(
  need: Need,
  statements: readonly PermissionStatement[],
): (Granted & { readonly conditional: boolean }) | undefined {
  const about = statements.filter(({ covers }) => covers(need.action));
  const allows = about.filter(({ effect, reach }) => effect === 'Allow' && reach(need.on));
  const reach = WIDEST.find((one) => allows.some((statement) => statement.reach(need.on) === one));
  if (reach === undefined) return undefined;
  const denies = about.filter(({ effect, reach }) => effect === 'Deny' && reach(need.on));
  const closes = (statement: PermissionStatement) =>
    !statement.conditional && need.on !== 'none' && statement.reach(need.on) === 'every';
  if (denies.some(closes)) return undefined;
  return {
    ...need,
    reach,
    statements: allows.map(({ index }) => index),
    conditional:
      allows.every(({ conditional }) => conditional) ||
      denies.some(({ conditional }) => conditional),
  };
}

/**
 * The actions of a kind that statements allow on one role.
 *
 * @param role `role/path/name`
 */
export function editsOfRole(all: readonly PermissionStatement[], role: string): readonly string[] {
  const statements = all.filter(mayEscalate);
  if (statements.length === 0) return [];
  const actions = PATHS.filter(({ kind }) => kind === 'permissions' || kind === 'trust')
    .flatMap(({ needs }) => needs)
    .filter(({ on }) => on === 'role')
    .map(({ action }) => action);
  return actions.filter((action) => {
    const about = statements.filter((one) => one.covers(action) && one.reachesRole(role));
    return (
      about.some(({ effect }) => effect === 'Allow') &&
      !about.some(({ effect, conditional }) => effect === 'Deny' && !conditional)
    );
  });
}
