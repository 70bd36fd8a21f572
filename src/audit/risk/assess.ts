import { type RoleChain, chainsOf } from '../chains/chains.ts';
import { type Passable, passableRoles, passedBy } from '../chains/passing.ts';
import type { AuditedEstate } from '../estate/estate.ts';
import { type Users, usersIn } from '../estate/users.ts';
import type { EstateRole } from '../estate/estate-role.ts';
import type { OpenPath } from '../../access/reach/escalations.ts';
import { any, NO, type Value, YES } from '../../access/reach/value.ts';
import type { ExposureLevel, PowerLevel } from '../report.ts';
import { exposureOf } from './exposure.ts';
import { levelOfPowers } from './power.ts';

/** A path of escalation, and whether it leads to every permission of an account. */
export interface OpenEscalation extends OpenPath {
  /** The administrator that can be passed, where the path leads to it alone. */
  readonly target?: EstateRole;
}

/** A role with what the estate around it makes of it. */
export interface AssessedRole {
  readonly role: EstateRole;
  readonly exposure: ExposureLevel;
  /** That of the roles that can become it; nobody else may use a role that does not trust a GitLab. */
  readonly exposureByChains: ExposureLevel;
  readonly escalations: readonly OpenEscalation[];
  /** Whether it is an administrator, or can make itself one without becoming another role. */
  readonly leads: Value;
  /** Where the role may get to, the surest and shortest way. */
  readonly chains: readonly RoleChain[];
  /** What it may do by itself or as another role, where nothing leaves that open. */
  readonly sure: PowerLevel;
  /** The same with what is left open. */
  readonly possible: PowerLevel;
}

/** An estate with everything that follows from all of its roles together. */
export interface Assessment {
  readonly estate: AuditedEstate;
  readonly roles: ReadonlyMap<EstateRole, AssessedRole>;
  /** Roles that trust a GitLab. */
  readonly gitlab: readonly AssessedRole[];
  readonly chains: readonly RoleChain[];
  readonly usersOf: Users;
  /** Roles whose chains were not followed to their ends. */
  readonly cut: readonly EstateRole[];
}

export function assess(estate: AuditedEstate): Assessment {
  const { chains, cut } = chainsOf(estate.roles);
  const byStart = new Map<EstateRole | undefined, RoleChain[]>();
  for (const chain of chains)
    byStart.set(chain.roles[0], [...(byStart.get(chain.roles[0]) ?? []), chain]);
  const strong = strongRoles(estate.roles);
  const own = new Map<
    EstateRole,
    Pick<AssessedRole, 'escalations' | 'leads' | 'sure' | 'possible'>
  >();
  const ownOf = (role: EstateRole) => {
    const known = own.get(role) ?? assessAlone(role, strong);
    own.set(role, known);
    return known;
  };
  const shown = new Set([
    ...estate.roles.filter(({ gitlab }) => gitlab !== undefined),
    ...chains.flatMap(({ roles }) => roles),
  ]);
  const byChains = new Map<EstateRole | undefined, ExposureLevel>();
  for (const {
    roles: [start],
    roles: path,
  } of chains) {
    const end = path.at(-1);
    const exposure = start ? exposureOfRole(start) : 0;
    byChains.set(end, most([byChains.get(end) ?? 0, exposure]));
  }
  const roles = new Map(
    [...shown].map((role): [EstateRole, AssessedRole] => {
      const from = byStart.get(role) ?? [];
      const alone = ownOf(role);
      const reached = from.map(({ roles: path, value }) => ({
        value,
        end: ownOf(path.at(-1) ?? role),
      }));
      const exposure = exposureOfRole(role);
      return [
        role,
        {
          role,
          exposure,
          exposureByChains: byChains.get(role) ?? 0,
          ...alone,
          chains: from,
          sure: most([alone.sure, ...reached.map((one) => (one.value === YES ? one.end.sure : 0))]),
          possible: most([alone.possible, ...reached.map(({ end }) => end.possible)]),
        },
      ];
    }),
  );
  const gitlab = [...roles.values()].filter(({ role }) => role.gitlab !== undefined);
  return { estate, roles, gitlab, chains, cut, usersOf: usersIn(estate.roles) };
}

function most(levels: readonly PowerLevel[]): PowerLevel {
  return levels.reduce<PowerLevel>((one, other) => (other > one ? other : one), 0);
}

function exposureOfRole({ gitlab }: EstateRole): ExposureLevel {
  return most((gitlab?.grants ?? []).map(exposureOf));
}

/** Administrators by account and service that they trust: what a service that is passed one can do. */
function strongRoles(roles: readonly EstateRole[]): Passable {
  return passableRoles(
    roles.filter(
      (role) => any([role.administrator, ...role.paths.map(({ leads }) => leads)]) !== NO,
    ),
  );
}

function assessAlone(
  role: EstateRole,
  strong: Passable,
): Pick<AssessedRole, 'escalations' | 'leads' | 'sure' | 'possible'> {
  const escalations = role.paths.map((path) => led(role, path, strong));
  const leads = any([role.administrator, ...escalations.map((one) => one.leads)]);
  const byLeads = (sure: boolean): PowerLevel => (leads === YES || (!sure && leads !== NO) ? 4 : 0);
  return {
    escalations,
    leads,
    sure: most([levelOfPowers(role.powers, true), byLeads(true)]),
    possible: most([levelOfPowers(role.powers, false), byLeads(false)]),
  };
}

/** A path that passes roles leads where one that may be passed is an administrator and trusts the service. */
function led(role: EstateRole, open: OpenPath, strong: Passable): OpenEscalation {
  if (open.leads === YES) return open;
  const found = passedBy(role, open, strong).toSorted((a, b) => b.value - a.value)[0];
  if (found === undefined || found.value <= open.leads) return open;
  return { ...open, leads: found.value, target: found.target };
}
