import type { Grant } from '../access/grant.ts';
import { fromInWords, grantInWords, limitInWords, listed, whoInWords } from '../access/words.ts';
import { issuerOfArn } from '../iam/condition-keys.ts';
import { pastedWord } from '../text/shell-word.ts';
import { canonical } from './canonical.ts';
import type { Certainty, Comparison, Totals } from './compare-inventories.ts';
import type { Effect } from './effects.ts';
import type { FactChange, ProviderChange } from './facts.ts';

/**
 * `acme/web: branch dev`, `every project in acme: branch main, except acme/web`, or for limits
 * `acme/web: branch main; no longer protected refs only`.
 */
export function effectInWords({ kind, grant, except, counterpart, decisive }: Effect): string {
  if (grant === undefined) return `a job with the subject ${decisive['sub'] ?? ''}`;
  if (counterpart === undefined) {
    return [grantInWords(grant), ...exceptInWords(grant, except)].join(', except ');
  }
  const [before, after] = kind === 'looser' ? [counterpart, grant] : [grant, counterpart];
  return [grantInWords({ ...after, limits: [] }), ...limitChanges(before, after)].join('; ');
}

/** So many exceptions are named. */
const NAMED = 5;

/** What the other side admits of a grant, in as few words as tell it from the grant. */
function exceptInWords(grant: Grant, except: readonly Grant[]): string[] {
  const from = ({ refs, exceptRefs, limits }: Grant) => canonical({ refs, exceptRefs, limits });
  const limits = new Set(grant.limits.map(canonical));
  const words = except.map((one) => {
    if (from(one) === from(grant)) return whoInWords(one.who);
    const own = { ...one, limits: one.limits.filter((limit) => !limits.has(canonical(limit))) };
    return canonical(one.who) === canonical(grant.who) ? fromInWords(own) : grantInWords(own);
  });
  const all = [...new Set(words)];
  const more = all.length > NAMED ? [`${all.length - NAMED} more`] : [];
  return all.length > 0 ? [listed([...all.slice(0, NAMED), ...more])] : [];
}

function limitChanges(before: Grant, after: Grant): string[] {
  const texts = ({ limits }: Grant) => new Set(limits.map(canonical));
  const [had, has] = [texts(before), texts(after)];
  const form = after.subjectForm.join(':');
  return [
    ...after.limits
      .filter((one) => !had.has(canonical(one)))
      .map((one) => `now ${limitInWords(one)}`),
    ...before.limits
      .filter((one) => !has.has(canonical(one)))
      .map((one) => `no longer ${limitInWords(one)}`),
    ...(canonical(before.audiences) === canonical(after.audiences)
      ? []
      : [
          `audience ${after.audiences.join(' or ') || 'any'}, before ${before.audiences.join(' or ') || 'any'}`,
        ]),
    ...(before.subjectForm.join(':') === form ? [] : [`subject of the form ${form}`]),
  ];
}

/** What decides `explain` about a witness, as arguments of a shell. */
export function witnessArguments({
  witness,
  decisive,
}: Pick<Effect, 'witness' | 'decisive'>): string {
  const { sub = '', aud = '', ...claims } = decisive;
  const issuer = issuerOfArn(witness.provider) ?? '';
  const pairs = Object.entries({ ...claims, ...witness.request });
  const words = [
    '--issuer',
    `https://${issuer}`,
    '--aud',
    aud,
    ...pairs.flatMap(([name, value]) => ['--claim', `${name}=${value}`]),
    '--sub',
    sub,
  ];
  return words.map(pastedWord).join(' ');
}

export function factInWords(fact: FactChange): string {
  switch (fact.on) {
    case 'policy':
      return {
        added: `gets the policy ${fact.policy}`,
        removed: `loses the policy ${fact.policy}`,
        changed: {
          gained: `policy ${fact.policy} permits more`,
          lost: `policy ${fact.policy} permits less`,
          changed: `policy ${fact.policy} has other statements`,
        }[fact.direction],
      }[fact.change];
    case 'boundary':
      return fact.after === undefined
        ? `is no longer bounded by ${fact.before ?? ''}`
        : `is now bounded by ${fact.after}${fact.before === undefined ? '' : `, no longer by ${fact.before}`}`;
    case 'session':
      return `sessions last up to ${fact.after} seconds, before ${fact.before}`;
  }
}

export function providerInWords(change: ProviderChange): string {
  const { account } = change;
  return account === undefined
    ? changeOfProvider(change)
    : `${account}: ${changeOfProvider(change)}`;
}

function changeOfProvider(change: ProviderChange): string {
  switch (change.on) {
    case 'provider':
      return `OIDC provider ${change.url} is ${change.change}`;
    case 'audiences':
      return [
        ...change.added.map((one) => `${change.url} accepts the audience ${one}`),
        ...change.removed.map((one) => `${change.url} no longer accepts the audience ${one}`),
      ].join('; ');
    case 'thumbprints':
      return `${change.url} has other thumbprints`;
  }
}

/** The answer in sentences: who gains, who loses, and whether roles permit more. */
export function headlines({ roles }: Comparison, totals: Totals): string[] {
  const compared = `${roles.length} ${roles.length === 1 ? 'role' : 'roles'} compared exactly`;
  const permissions = {
    yes: ['Roles permit more than before.'],
    undetermined: ['Whether roles permit more than before cannot be determined.'],
    no: [],
  }[totals.permissions];
  return [
    ...(totals.gains === 'no' && totals.loses === 'no'
      ? [`Nobody gains or loses access: ${compared}.`]
      : [sentence(totals.gains, 'gains', compared), sentence(totals.loses, 'loses', compared)]),
    ...permissions,
  ];
}

function sentence(answer: Certainty, verb: 'gains' | 'loses', compared: string): string {
  switch (answer) {
    case 'yes':
      return `Somebody ${verb} access.`;
    case 'no':
      return `Nobody ${verb} access: ${compared}.`;
    case 'undetermined':
      return `Whether somebody ${verb} access cannot be determined.`;
  }
}
