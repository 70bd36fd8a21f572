import { nameRef } from '../gitlab/ref.ts';
import type { Values } from './describe.ts';
import type { GrantTerms, Limit, Who } from './grant.ts';
import type { Reason } from './questions.ts';
import type { Test } from './tokens/test.ts';

/** `acme/web (id 20)`, `every project in acme`, `every project`. */
export function whoInWords({ kind, path = '', ids, exceptPaths }: Who): string {
  const id = ids.length > 0 ? `id ${ids.join(' or ')}` : undefined;
  const named = {
    project: path === '' ? `the project with ${id ?? 'any id'}` : path,
    group: `every project in ${path}`,
    pattern: `every project whose path matches ${path}`,
    any: id === undefined ? 'every project' : `every project whose id matches ${ids.join(' or ')}`,
  }[kind];
  const pinned = id === undefined || path === '' ? named : `${named} (${id})`;
  return exceptPaths.length > 0 ? `${pinned} except ${listed(exceptPaths)}` : pinned;
}

/** `acme/web: branch main, protected refs only`. */
export function grantInWords(grant: GrantTerms): string {
  return `${whoInWords(grant.who)}: ${fromInWords(grant)}`;
}

/** `branch main, protected refs only`. */
export function fromInWords({ refs, exceptRefs, limits }: Omit<GrantTerms, 'who'>): string {
  const except = exceptRefs.length > 0 ? ` except ${listed(exceptRefs.map(nameRef))}` : '';
  return [`${listed(refs.map(nameRef))}${except}`, ...limits.map(limitInWords)].join(', ');
}

export function limitInWords(limit: Limit): string {
  switch (limit.on) {
    case 'protected':
      return limit.is ? 'protected refs only' : 'unprotected refs only';
    case 'environment':
      return limit.protected ? 'protected environments only' : 'unprotected environments only';
    case 'tier':
      return `deployment tier ${limit.any.join(' or ')}`;
    case 'source':
      return `pipeline source ${limit.any.join(' or ')}`;
    case 'runner':
      return `${limit.any.join(' or ')} runners`;
    case 'claim':
      return `${limit.claim} ${valuesInWords(limit.values)}`;
    case 'request':
      return `${limit.key} ${valuesInWords(limit.values)}`;
    case 'unread':
      return limit.denies
        ? `unless ${limit.condition} denies it, which cannot be determined`
        : `where the condition ${limit.condition} holds, which cannot be determined`;
  }
}

function valuesInWords(values: Values): string {
  if (values.kind !== 'tests') {
    const texts = values.values.map((one) => one ?? 'absent').join(' or ');
    return values.kind === 'listed' ? texts : `such as ${texts}`;
  }
  const any = values.any === 'all' ? 'any' : values.any.map(testInWords).join(' or ');
  return values.except.length > 0 ? `${any} except ${listed(values.except.map(testInWords))}` : any;
}

const ORDERS: Readonly<Record<string, string>> = {
  DateLessThan: 'before',
  DateLessThanEquals: 'until',
  DateGreaterThan: 'after',
  DateGreaterThanEquals: 'from',
  NumericLessThan: 'below',
  NumericLessThanEquals: 'up to',
  NumericGreaterThan: 'above',
  NumericGreaterThanEquals: 'from',
};

function testInWords({ operator, value }: Test): string {
  const order = ORDERS[operator];
  if (order !== undefined) return `${order} ${value}`;
  return operator.endsWith('IgnoreCase') ? `${value} in any letter case` : value;
}

export function reasonInWords(reason: Reason): string {
  switch (reason.kind) {
    case 'too-many':
      return `cannot be determined: more than ${reason.bound.toLocaleString('en-US')} ${reason.counted}`;
    case 'unread-condition':
      return `cannot be determined: it depends on ${listed(reason.conditions)}${placesInWords(reason.statements)}`;
    case 'contradiction':
      return `cannot be determined: the analysis and the evaluator disagree about ${reason.subject}; report this as a fault of the program`;
    case 'other-issuer':
      return `cannot be determined: ${reason.issuer} is not known to be a GitLab instance`;
  }
}

function placesInWords(statements: readonly string[] = []): string {
  return statements.length > 0 ? `, in ${listed(statements)}` : '';
}

/** `a, b and c` */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
