import { accountOf } from '../../aws/inputs/collector.ts';
import { type RoleChain, chainsOf } from '../chains/chains.ts';
import type { AuditedEstate } from '../estate/estate.ts';
import { type Users, usersIn } from '../estate/users.ts';
import type { EstateRole } from '../estate/estate-role.ts';
import type { OpenPath } from '../reach/escalations.ts';
import { decide, knowing, knownOf } from '../reach/policies.ts';
import { all, any, NO, type Value, YES } from '../reach/value.ts';
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
  return (gitlab?.access.grants ?? [])
    .map(exposureOf)
    .reduce<ExposureLevel>((one, other) => (other > one ? other : one), 0);
}

/** Administrators by account and service that they trust: what a service that is passed one can do. */
type Strong = ReadonlyMap<string, readonly EstateRole[]>;

function strongRoles(roles: readonly EstateRole[]): Strong {
  const found = new Map<string, EstateRole[]>();
  for (const role of roles) {
    if (any([role.administrator, ...role.paths.map(({ leads }) => leads)]) === NO) continue;
    for (const service of role.services) {
      const key = `${accountOf(role.arn) ?? ''} ${service}`;
      found.set(key, [...(found.get(key) ?? []), role]);
    }
  }
  return found;
}

function assessAlone(
  role: EstateRole,
  strong: Strong,
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
function led(role: EstateRole, open: OpenPath, strong: Strong): OpenEscalation {
  const { service } = open.path;
  const { passing } = role;
  if (service === undefined || passing === undefined || open.leads === YES) return open;
  const known = knowing(knownOf(role), { 'iam:PassedToService': service });
  const candidates = strong.get(`${accountOf(role.arn) ?? ''} ${service}`) ?? [];
  const found = candidates
    .map((target) => ({
      target,
      value: all([open.rest, target.arn === undefined ? NO : decide(passing, target.arn, known)]),
    }))
    .toSorted((a, b) => b.value - a.value)[0];
  if (found === undefined || found.value <= open.leads) return open;
  return { ...open, leads: found.value, target: found.target };
}
