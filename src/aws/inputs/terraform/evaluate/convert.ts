import type { HclExpression } from '../../hcl/syntax.ts';
import { Undetermined } from '../../undetermined.ts';
import { booleanOf, numberOf } from './operators.ts';
import { isMap, setOf, textOfValue } from './values.ts';

/**
 * A value as the type of a variable makes it: a number becomes the text that `string` asks for, and a list the set.
 *
 * @param type as it is written; `undefined` is any
 * @param evaluate for the defaults of optional attributes
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
export function converted(
  value: unknown,
  type: HclExpression | undefined,
  evaluate: (expression: HclExpression) => unknown,
): unknown {
  if (type === undefined || value === null || value instanceof Undetermined) return value;
  const [name, ...args] = typeOf(type);
  const [of] = args;
  const inside = (one: unknown) => converted(one, of, evaluate);
  switch (name) {
    case 'any':
      return value;
    case 'string':
      return textOfValue(value) ?? unfit(name);
    case 'number':
      return numberOf(value) ?? unfit(name);
    case 'bool':
      return booleanOf(value) ?? unfit(name);
    case 'list':
      return Array.isArray(value) ? value.map(inside) : unfit(name);
    case 'set':
      return Array.isArray(value) ? setOf(value.map(inside)) : unfit(name);
    case 'tuple':
      return Array.isArray(value) && of?.kind === 'list' && of.items.length === value.length
        ? value.map((one, index) => converted(one, of.items[index], evaluate))
        : unfit(name);
    case 'map':
      return isMap(value)
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inside(one)]))
        : unfit(name);
    case 'object':
      return isMap(value) && of?.kind === 'object'
        ? ofObject(value, of.entries, evaluate)
        : unfit(name);
    default:
      return new Undetermined(`this program does not know the type ${name}`);
  }
}

/** The name of a type and what it is of; in JSON it is a text. */
function typeOf(type: HclExpression): readonly [string, ...HclExpression[]] {
  if (type.kind === 'reference') return [type.name];
  if (type.kind === 'call') return [type.name, ...type.args];
  return [type.kind === 'literal' ? String(type.value) : type.kind];
}

function ofObject(
  value: Readonly<Record<string, unknown>>,
  members: readonly (readonly [HclExpression, HclExpression])[],
  evaluate: (expression: HclExpression) => unknown,
): unknown {
  const found: [string, unknown][] = [];
  for (const [key, type] of members) {
    const name = key.kind === 'literal' ? String(key.value) : '';
    const isOptional = type.kind === 'call' && type.name === 'optional';
    const [inner, fallback] = isOptional ? type.args : [type];
    const given = Object.hasOwn(value, name) ? value[name] : null;
    if (!isOptional && !Object.hasOwn(value, name)) return unfit(`object with ${name}`);
    const filled = isOptional && given === null && fallback ? evaluate(fallback) : given;
    found.push([name, converted(filled, inner, evaluate)]);
  }
  return Object.fromEntries(found);
}

function unfit(type: string): Undetermined {
  return new Undetermined(`the value is not of the type ${type}`);
}
