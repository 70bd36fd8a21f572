import { limitInWords } from '../../access/words.ts';
import { canonical } from '../../compare/canonical.ts';
import type { RoleGrant } from '../blueprint.ts';
import type { AccessChange } from './change.ts';
import { isCovered } from './covers.ts';
import type { GrantPair } from './pair-grants.ts';
import { limitsOf, whoFrom } from './words.ts';

type ConditionEffect = AccessChange['kind'] & ('gained' | 'lost' | 'changed');
type Words = readonly [effect: ConditionEffect, text: string];

/** What else a token from the remaining refs must show, where that changes. */
export function conditionChanges({ before, after }: GrantPair, role: string): AccessChange[] {
  if (!before || !after) return [];
  const kept = after.refs.filter(
    (ref) => isCovered(ref, before.refs) || before.refs.some((had) => isCovered(had, [ref])),
  );
  const words = [
    ...idWords(before, after),
    ...formWords(before, after),
    ...limitWords(before, after),
  ];
  if (kept.length === 0 || words.length === 0) return [];
  const effects = new Set(words.map(([effect]) => effect));
  const [only = 'changed'] = effects.size === 1 ? effects : [];
  return [
    {
      kind: only,
      role,
      sources: [...new Set([before.path, after.path])],
      text: `${whoFrom(after, kept)} may assume ${role}: ${words.map(([, text]) => text).join('; ')}`,
    },
  ];
}

function idWords(before: RoleGrant, after: RoleGrant): Words[] {
  const had = before.idPinned ? before.id : undefined;
  const has = after.idPinned ? after.id : undefined;
  if (had === has) return [];
  if (has === undefined) {
    const others = `anyone who takes the path ${after.path} may assume the role`;
    return [['gained', `no longer only the project with id ${had ?? ''}: ${others}`]];
  }
  if (had === undefined) return [['lost', `now only the project with id ${has}`]];
  return [['changed', `now the project with id ${has}, no longer the one with id ${had}`]];
}

function formWords(before: RoleGrant, after: RoleGrant): Words[] {
  const form = after.components.join(':');
  if (before.components.join(':') === form) return [];
  return [['changed', `only once its subject in GitLab is of the form ${form}`]];
}

function limitWords(before: RoleGrant, after: RoleGrant): Words[] {
  const had = new Map(limitsOf(before).map((limit) => [canonical(limit), limit]));
  const has = new Map(limitsOf(after).map((limit) => [canonical(limit), limit]));
  const only = (some: typeof had, others: typeof had) =>
    [...some].flatMap(([key, limit]) => (others.has(key) ? [] : [limitInWords(limit)]));
  return [
    ...only(has, had).map((limit): Words => ['lost', `now ${limit}`]),
    ...only(had, has).map((limit): Words => ['gained', `no longer ${limit}`]),
  ];
}
