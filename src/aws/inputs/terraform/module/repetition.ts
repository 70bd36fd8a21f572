import type { Body } from '../../hcl/syntax.ts';
import { Missing, Undetermined } from '../../undetermined.ts';
import { argumentsOf } from '../configuration.ts';
import type { Evaluator, LoopNames } from '../evaluate/evaluator.ts';
import { numberOf } from '../evaluate/operators.ts';
import { isSet, itemsOf, textOfValue } from '../evaluate/values.ts';

/** So many times may a block be there: hostile numbers must not take all memory. */
const MOST = 10_000;
const NO_NAMES: LoopNames = new Map();

/** One of the times that a block is there. */
export interface Turn {
  /** `[0]` or `["web"]`; empty where neither count nor for_each is set. */
  readonly suffix: string;
  readonly key: string | number | undefined;
  readonly names: LoopNames;
}

/** How often `count` or `for_each` makes a resource or a module. */
export function turnsOf(body: Body, evaluator: Evaluator): readonly Turn[] | Undetermined {
  const given = argumentsOf(body);
  const [count, forEach] = [given.get('count'), given.get('for_each')];
  if (count) return counted(evaluator.value(count, NO_NAMES));
  if (forEach) return each(evaluator.value(forEach, NO_NAMES));
  return [{ suffix: '', key: undefined, names: NO_NAMES }];
}

function counted(value: unknown): readonly Turn[] | Undetermined {
  if (value instanceof Undetermined) return value;
  const count = numberOf(value);
  if (count === undefined || !Number.isInteger(count) || count < 0 || count > MOST)
    return new Missing(`count is not a number up to ${MOST}`);
  return Array.from({ length: count }, (_, index) => ({
    suffix: `[${index}]`,
    key: index,
    names: new Map([['count', { index }]]),
  }));
}

function each(value: unknown): readonly Turn[] | Undetermined {
  if (value instanceof Undetermined) return value;
  const items = itemsOf(value);
  if (!items || items.length > MOST || (Array.isArray(value) && !isSet(value)))
    return new Missing(`for_each is neither a map nor a set, or has more than ${MOST} members`);
  const turns = items.map(([key, one]): Turn | undefined => {
    const name = textOfValue(key);
    if (name === undefined) return undefined;
    const names = new Map([['each', { key: name, value: one }]]);
    return { suffix: `[${JSON.stringify(name)}]`, key: name, names };
  });
  const known = turns.filter((turn) => turn !== undefined);
  return known.length === turns.length
    ? known
    : new Undetermined('for_each has a key that is not determined');
}
