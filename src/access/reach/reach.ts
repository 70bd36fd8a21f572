import { resourcesOf } from './actions.ts';
import { common, FRESH, NAME_SIGN, TOO_MANY } from './glob.ts';
import { decide, forAction, type ForAction, mayAllow, type Policies } from './policies.ts';
import type { KnownKeys, PolicyRule } from './rule.ts';
import { NO, UNKNOWN, type Value } from './value.ts';
import { like } from '../../iam/evaluate/wildcard.ts';
import { BoundedCache } from '../../text/bounded-cache.ts';

/** How far a permission reaches: every resource of its kind, those that match a pattern, or those that are named. */
export type Scope = 'every' | 'pattern' | 'named';

/** Resources on which an action is allowed. */
export interface Reached {
  readonly value: Exclude<Value, 0>;
  readonly scope: Scope;
  /** Patterns of the policies that grant it. */
  readonly resources: readonly string[];
  /** One resource on which it is allowed so, that anyone can check. */
  readonly witness: string;
}

export const WIDEST: readonly Scope[] = ['every', 'pattern', 'named'];

/**
 * On which resources a role may call an action. For each pattern of its policies there is a representative resource: one
 * that the pattern matches, together with whatever else the policies name, and that is otherwise free.
 *
 * @returns the surest first; of two that are as sure, the widest; none where no resource is allowed
 */
export function reachOf(
  policies: Policies,
  action: string,
  known: KnownKeys = policies.known,
): readonly Reached[] {
  if (!mayAllow(policies, action)) return NOTHING;
  const found = reachedBy(policies, action, known);
  // A key's own policy decides whether the policies of its account count, and no export of IAM holds it.
  return /^kms:/i.test(action) ? found.map((one) => ({ ...one, value: UNKNOWN })) : found;
}

/** One list for all: of most actions it is the answer. */
const NOTHING: readonly Reached[] = [];

function reachedBy(policies: Policies, action: string, known: KnownKeys): readonly Reached[] {
  const rules = forAction(policies, action);
  const { formats, needsAll } = resourcesOf(action, policies.partition, policies.account);
  if (formats.length === 0) return onFormat(rules, '*', known);
  const each = formats.map((format) => onFormat(rules, format, known));
  if (!needsAll) return summed(each.flat());
  const surest = each.map(([first]) => first);
  const found = surest.filter((one) => one !== undefined);
  if (found.length < each.length) return [];
  // As sure as the least sure of them, and as narrow as the narrowest.
  return found
    .toSorted((a, b) => a.value - b.value || WIDEST.indexOf(b.scope) - WIDEST.indexOf(a.scope))
    .slice(0, 1);
}

/** The surest, and what reaches further under a condition. */
function summed(all: readonly Reached[]): Reached[] {
  const kept: Reached[] = [];
  const order = all.toSorted(
    (a, b) => b.value - a.value || WIDEST.indexOf(a.scope) - WIDEST.indexOf(b.scope),
  );
  for (const one of order) {
    // What is kept is as sure or surer.
    const same = kept.find(({ scope }) => WIDEST.indexOf(scope) <= WIDEST.indexOf(one.scope));
    if (!same) kept.push(one);
    else if (same.value === one.value && same.scope === one.scope && same.scope !== 'every')
      kept[kept.indexOf(same)] = {
        ...same,
        resources: [...new Set([...same.resources, ...one.resources])],
      };
  }
  return kept;
}

function onFormat(rules: ForAction, format: string, known: KnownKeys): Reached[] {
  const everything = format === '*' ? '*' : freshOf(format);
  const found: Reached[] = [];
  const add = (resource: string, pattern: string) => {
    const value = decide(rules, resource, known);
    if (value !== NO) found.push({ value, ...scopeOf(resource, everything, pattern) });
  };
  for (const rule of rules.allows) {
    for (const pattern of rule.negated ? ['*'] : rule.resources) {
      const candidates = candidatesOf(pattern, format, rules);
      if (candidates === TOO_MANY)
        found.push({ value: UNKNOWN, scope: 'pattern', resources: [pattern], witness: pattern });
      else for (const candidate of candidates) add(candidate, pattern);
    }
  }
  return summed(found);
}

function freshOf(format: string): string {
  const text = remembered([format]);
  return typeof text === 'string' ? text : format;
}

function scopeOf(witness: string, everything: string, pattern: string): Omit<Reached, 'value'> {
  const scope = witness === everything ? 'every' : isNamed(witness) ? 'named' : 'pattern';
  return { scope, resources: [pattern], witness };
}

/** Whether nothing of a resource is free, or only the names of objects in a bucket that is named. */
function isNamed(witness: string): boolean {
  const bucket = /^arn:[^:]+:s3:::([^/]+)\//.exec(witness)?.[1];
  return !(bucket ?? witness).includes(FRESH);
}

/** Texts of a format that a pattern matches: as free as can be, and as each other pattern that may decide has them. */
function candidatesOf(
  pattern: string,
  format: string,
  rules: ForAction,
): readonly string[] | typeof TOO_MANY {
  if (format === '*') return /^\*+$/.test(pattern) ? ['*'] : [];
  const within = resourceIn(format, [pattern]);
  if (typeof within !== 'string') return within === undefined ? [] : TOO_MANY;
  if (!/[*?]/.test(pattern)) return [within];
  const candidates = new Set([within]);
  // A longer text is found first for `*/*`, whose first wildcard matches slashes, too.
  const everything = freshOf(format);
  if (like(pattern, everything)) candidates.add(everything);
  const limits = limitsOf(rules);
  for (const [at, limit] of limits.entries()) {
    const text = resourceIn(format, [pattern, limit]);
    if (text === TOO_MANY) return TOO_MANY;
    if (text === undefined) continue;
    candidates.add(text);
    for (const other of limits.slice(at + 1)) {
      if (candidates.size > MOST_CANDIDATES) return TOO_MANY;
      const both = resourceIn(format, [pattern, limit, other]);
      if (both === TOO_MANY) return TOO_MANY;
      if (both !== undefined) candidates.add(both);
    }
  }
  return [...candidates];
}

const MOST_CANDIDATES = 200;

/** Patterns outside of which something is not allowed: what a boundary or an SCP allows, and what a Deny leaves out. */
function limitsOf({ boundary, service, denies, allows }: ForAction): readonly string[] {
  const named = (rules: readonly PolicyRule[]) =>
    rules.flatMap(({ negated, resources }) => (negated ? [] : resources));
  const limits = [
    ...(typeof boundary === 'object' ? named(boundary) : []),
    ...service.flatMap(named),
    ...denies.flatMap(({ negated, resources }) => (negated ? resources : [])),
    ...allows.flatMap(({ negated, resources }) => (negated ? [] : resources)),
  ];
  return [...new Set(limits)].filter((one) => one !== '*');
}

/**
 * A resource of a format that patterns match. A wildcard of a pattern may match beyond a colon, but no name has one, unless a
 * pattern writes it, as in the key of an object. In IAM none has.
 */
function resourceIn(format: string, patterns: readonly string[]): ReturnType<typeof common> {
  const isPlain =
    IAM_FORMAT.test(format) || patterns.every((one) => colonsIn(one) <= colonsIn(format));
  return remembered([...patterns, isPlain ? format.replaceAll('*', NAME_SIGN) : format]);
}

const IAM_FORMAT = /^arn:[^:]*:iam:/;

function colonsIn(text: string): number {
  return text.split(':').length;
}

const texts = new BoundedCache<ReturnType<typeof common>>(2000);

/** The same patterns are asked about for many actions and roles. */
function remembered(patterns: readonly string[]): ReturnType<typeof common> {
  return texts.of(patterns.join('\n'), () => common(patterns));
}
