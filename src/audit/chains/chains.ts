import { accountOf } from '../../iam/arn.ts';
import type { EstateRole } from '../estate/estate-role.ts';
import { decide, knownOf } from '../../access/reach/policies.ts';
import { all, any, NO, not, type Value, YES } from '../../access/reach/value.ts';
import { type ChainStep, passableRoles, passSteps } from './passing.ts';
import { answerOf, type AskingRole } from './trust.ts';

/** A way from one role to another. */
export interface RoleChain {
  /** The first trusts a GitLab; each may become the next. */
  readonly roles: readonly EstateRole[];
  /** How, one fewer: `sts:AssumeRole`, or the id of the path by which a role is passed to a service that runs code. */
  readonly by: readonly string[];
  readonly value: Exclude<Value, 0>;
}

/** Steps of a chain, and ends of chains from one role, that are followed at most. */
export const MOST_STEPS = 8;
export const MOST_ENDS = 200;

export const ASSUME = 'sts:AssumeRole';

export interface Chains {
  readonly chains: readonly RoleChain[];
  /** Roles from which more could be reached than was followed. */
  readonly cut: readonly EstateRole[];
}

/** Every role that a role which trusts a GitLab may become, by the surest way and, of those, the shortest. */
export function chainsOf(roles: readonly EstateRole[]): Chains {
  const next = successors(roles);
  const cut: EstateRole[] = [];
  const chains = roles
    .filter(({ gitlab }) => gitlab !== undefined)
    .flatMap((start) => {
      const found = chainsFrom(start, next);
      if (found.isCut) cut.push(start);
      return found.chains;
    });
  return { chains, cut };
}

/** `a → b (passed by pass-role-lambda) → c` */
export function chainText(ids: readonly string[], by: readonly string[]): string {
  return ids
    .map((id, at) => {
      const step = by[at - 1] ?? ASSUME;
      return step === ASSUME ? id : `${id} (passed by ${step})`;
    })
    .join(' → ');
}

interface ChainPart {
  readonly roles: readonly EstateRole[];
  readonly by: readonly string[];
}

function chainsFrom(
  start: EstateRole,
  next: (role: EstateRole) => readonly ChainStep[],
): { readonly chains: readonly RoleChain[]; readonly isCut: boolean } {
  const found = new Map<EstateRole, RoleChain>();
  let isCut = false;
  for (const least of [3, 2, 1] as const) {
    let edge: readonly ChainPart[] = [{ roles: [start], by: [] }];
    const seen = new Set([start]);
    for (let step = 0; edge.length > 0; step += 1) {
      if (step === MOST_STEPS || found.size > MOST_ENDS) {
        isCut ||= edge.some(({ roles }) => next(roles.at(-1) ?? start).length > 0);
        break;
      }
      edge = edge.flatMap((part) =>
        next(part.roles.at(-1) ?? start).flatMap(({ to, value, by }) => {
          if (value < least || seen.has(to)) return [];
          seen.add(to);
          const longer = { roles: [...part.roles, to], by: [...part.by, by] };
          if (!found.has(to)) found.set(to, { ...longer, value: least });
          return [longer];
        }),
      );
    }
  }
  return { chains: [...found.values()].slice(0, MOST_ENDS), isCut };
}

/** Which of the given roles one of them may become in one step; each is looked up once. */
export function successors(
  roles: readonly EstateRole[],
): (role: EstateRole) => readonly ChainStep[] {
  const targets = new Map<string, EstateRole[]>();
  const add = (key: string, role: EstateRole) => {
    targets.set(key, [...(targets.get(key) ?? []), role]);
  };
  for (const role of roles) for (const key of new Set(role.trust.flatMap(keysOf))) add(key, role);
  const passable = passableRoles(roles);
  const known = new Map<EstateRole, readonly ChainStep[]>();
  return (role) => {
    const steps = known.get(role) ?? [...stepsOf(role, targets), ...passSteps(role, passable)];
    known.set(role, steps);
    return steps;
  };
}

/** What a role that may be meant by a trust is looked up by: its ARN, its account, or everyone. */
function keysOf({ effect, principals, negated }: EstateRole['trust'][number]): string[] {
  if (effect === 'Deny') return [];
  if (negated) return ['*'];
  return principals.map((principal) => {
    const session = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal);
    if (session) return `${session[1] ?? ''}/${session[2] ?? ''}`;
    return /^arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;
  });
}

function stepsOf(
  role: EstateRole,
  targets: ReadonlyMap<string, readonly EstateRole[]>,
): ChainStep[] {
  const { arn } = role;
  const account = accountOf(arn);
  if (arn === undefined || account === undefined) return [];
  const mayAsk = role.assuming.allows.length > 0;
  const session = `${account}/${arn.slice(arn.lastIndexOf('/') + 1)}`;
  const keys = [arn, session, '*', ...(mayAsk ? [account] : [])];
  const candidates = new Set(keys.flatMap((key) => targets.get(key) ?? []));
  const asking: AskingRole = { arn, known: knownOf(role) };
  return [...candidates].flatMap((to): ChainStep[] => {
    const value = to === role ? NO : mayAssume(role, asking, to);
    return value === NO ? [] : [{ to, value, by: ASSUME }];
  });
}

/**
 * Whether a role may assume another. Within an account, a trust that names the role is enough; one that names the account leaves
 * it to the role's own policies. Across accounts both sides must allow it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
function mayAssume(role: EstateRole, asking: AskingRole, to: EstateRole): Value {
  if (to.arn === undefined) return NO;
  const { direct, account, denied } = answerOf(to.trust, asking);
  const { arn, known } = asking;
  const isSameAccount = accountOf(arn) === accountOf(to.arn);
  const asked = decide(role.assuming, to.arn, known);
  const granted = isSameAccount
    ? all([direct, decide(role.assuming, to.arn, known, direct === NO ? NO : YES)])
    : NO;
  return all([any([granted, all([any([direct, account]), asked])]), not(denied)]);
}
