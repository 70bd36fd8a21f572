import type { Proof } from '../../access/questions.ts';
import { limitInWords } from '../../access/words.ts';
import { canonical } from '../../compare/canonical.ts';
import type { RoleGrant } from '../blueprint.ts';
import type { AccessChange } from './change.ts';
import { isCovered } from './covers.ts';
import type { Judge } from './judge.ts';
import type { GrantPair } from './pair-grants.ts';
import { limitsOf, whoFrom } from './words.ts';

type ConditionEffect = AccessChange['kind'] & ('gained' | 'lost' | 'changed' | 'unchanged');
type Words = readonly [effect: ConditionEffect, text: string];

/** What else a token from the remaining refs must show, where that changes. Whether somebody gains by it is for `compare` to say. */
export function conditionChanges(
  { before, after }: GrantPair,
  role: string,
  judge: Judge,
): AccessChange[] {
  if (!before || !after) return [];
  const kept = (refs: RoleGrant['refs'], others: RoleGrant['refs']) =>
    refs.filter((ref) => isCovered(ref, others) || others.some((other) => isCovered(other, [ref])));
  const [had, has] = [kept(before.refs, after.refs), kept(after.refs, before.refs)];
  const words = [
    ...idWords(before, after),
    ...formWords(before, after),
    ...limitWords(before, after),
  ];
  if (has.length === 0 || words.length === 0) return [];
  const effects = new Set(words.map(([effect]) => effect));
  const [only = 'changed'] = effects.size === 1 ? effects : [];
  const [gains, loses] = [judge.nobodyGains(after, has), judge.nobodyLoses(before, had)];
  const kind = judged(only, gains, loses);
  const shown = (kind === 'lost' ? [loses] : [gains, loses]).find(({ holds }) => holds === 'no');
  const why =
    gains.byRcp || loses.byRcp
      ? 'the resource control policy denies the other jobs'
      : 'other entries admit the same jobs';
  const texts = [
    ...words.map(([, text]) => text),
    ...(kind === 'unchanged' ? [`which changes nothing, since ${why}`] : []),
  ];
  return [
    {
      kind,
      role,
      sources: [...new Set([before.path, after.path])],
      text: `${whoFrom(after, has)} may assume ${role}: ${texts.join('; ')}`,
      ...(shown?.holds === 'no' && { witness: shown.witness }),
    },
  ];
}

/** What the words come to: they may say that somebody gains only where somebody does. */
function judged(said: ConditionEffect, nobodyGains: Proof, nobodyLoses: Proof): ConditionEffect {
  const [gains, loses] = [nobodyGains.holds !== 'yes', nobodyLoses.holds !== 'yes'];
  if (!gains && !loses) return 'unchanged';
  if (said === 'gained' && gains) return said;
  if (said === 'lost' && loses) return said;
  if (gains && loses) return 'changed';
  return gains ? 'gained' : 'lost';
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
