import { prepareAction } from '../../iam/evaluate/action.ts';
import { prepareCondition } from '../../iam/evaluate/condition.ts';
import { readOperatorName } from '../../iam/evaluate/operator-name.ts';
import type { RequestContext } from '../../iam/evaluate/request.ts';
import { compilePattern, matchesPattern, patternParts } from '../../iam/evaluate/wildcard.ts';
import { readKey } from '../../iam/condition-keys.ts';
import { plainText } from '../../text/json-object.ts';
import { all, MAYBE, NO, not, type Value, YES } from './value.ts';

/** What is known of each request that a role makes. A key that is not in it may have any value, or none. */
export interface KnownKeys {
  readonly context: RequestContext;
  /** Keys, in lower case, that are known to be absent where they are not in the context. */
  readonly isKnown: (key: string) => boolean;
}

/** A statement of a permission policy, a boundary, an SCP or an RCP, prepared for any number of questions. */
export interface PolicyRule {
  readonly effect: 'Allow' | 'Deny';
  /** Whether it can cover an action of a service at all: a quick look. */
  readonly mayCover: (service: string) => boolean;
  readonly covers: (action: string) => boolean;
  /** Patterns of ARNs, all but which it is about where `negated`. */
  readonly resources: readonly string[];
  readonly negated: boolean;
  readonly matches: (resource: string) => Value;
  readonly holds: (known: KnownKeys) => Value;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The statements of a policy document. What has not the form of a statement is left out, as AWS would have rejected it.
 *
 * @param known of the role that the document belongs to, for policy variables; `undefined` for policies of many roles
 */
export function rulesOf(document: unknown, known?: KnownKeys): PolicyRule[] {
  if (!isObject(document)) return [];
  const variables = document['Version'] === '2012-10-17';
  return listOf(document['Statement']).flatMap((statement) => {
    if (!isObject(statement)) return [];
    const effect = statement['Effect'];
    if (effect !== 'Allow' && effect !== 'Deny') return [];
    return [ruleOf(statement, effect, { variables, known })];
  });
}

/** How values with `${…}` are read. */
interface RuleReading {
  /** Whether the policy's version has variables. */
  readonly variables: boolean;
  readonly known: KnownKeys | undefined;
}

function ruleOf(statement: Json, effect: 'Allow' | 'Deny', reading: RuleReading): PolicyRule {
  const negatedAction = 'NotAction' in statement;
  const actions = textsOf(statement[negatedAction ? 'NotAction' : 'Action']);
  const negated = 'NotResource' in statement;
  const written = textsOf(statement[negated ? 'NotResource' : 'Resource']);
  const read = written.map((text) => withoutVariables(text, reading));
  const patterns = read.map(({ text, open }) => ({
    open,
    pattern: compilePattern(patternParts(text)),
  }));
  const conditions = conditionsOf(statement['Condition'], reading);
  return {
    effect,
    mayCover: serviceFilter(actions, negatedAction),
    covers: prepareAction({ negated: negatedAction, path: '', patterns: actions }),
    resources: read.map(({ text }) => text),
    negated,
    matches: (resource) => {
      const found = patterns.filter(({ pattern }) => matchesPattern(pattern, resource));
      // A pattern in which a variable has no known value may match, or not.
      const matched = found.some(({ open }) => !open) ? YES : found.length > 0 ? MAYBE : NO;
      return negated ? not(matched) : matched;
    },
    holds: (facts) => all(conditions.map((one) => one(facts))),
  };
}

function serviceFilter(actions: readonly string[], negated: boolean): (service: string) => boolean {
  const prefixes = actions.map((action) => action.split(':', 1)[0]?.toLowerCase() ?? '');
  if (negated || prefixes.some((prefix) => /[*?]/.test(prefix))) return () => true;
  const named = new Set(prefixes);
  return (service) => named.has(service);
}

/** A pattern with the values of its variables; a variable without a known value becomes `*`. */
function withoutVariables(
  pattern: string,
  { variables, known }: RuleReading,
): { readonly text: string; readonly open: boolean } {
  if (!variables || !pattern.includes('${')) return { text: pattern, open: false };
  let open = false;
  const text = pattern.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const value = known && lookUp(name.trim(), known);
    if (typeof value === 'string' && !/[*?]/.test(value)) return value;
    open = true;
    return '*';
  });
  return { text, open };
}

function lookUp(key: string, { context }: KnownKeys): string | readonly string[] | undefined {
  return context[key.toLowerCase()];
}

type Held = (known: KnownKeys) => Value;

function conditionsOf(json: unknown, { variables }: RuleReading): Held[] {
  if (!isObject(json)) return [];
  return Object.entries(json).flatMap(([text, keys]): Held[] => {
    const operator = readOperatorName(text);
    if (operator === undefined || !isObject(keys)) return [() => MAYBE];
    return Object.entries(keys).map(([key, values]): Held => {
      const texts = listOf(values).map(plainText);
      const condition = {
        path: '',
        operator,
        key,
        ...readKey(key),
        values: texts.map((one) => ({ text: one, path: '', type: 'string' as const })),
      };
      const named = texts.flatMap((one) =>
        [...one.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name.trim().toLowerCase()),
      );
      const prepared = prepareCondition(condition, { variables });
      const asked = [key.toLowerCase(), ...(variables ? named : [])];
      return (known) => {
        if (!asked.every((one) => known.isKnown(one))) return MAYBE;
        return prepared(known.context).matched ? YES : NO;
      };
    });
  });
}

function isObject(json: unknown): json is Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function listOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [json];
}

function textsOf(json: unknown): readonly string[] {
  return listOf(json).filter((one) => typeof one === 'string');
}
