import { Missing, Undetermined, undeterminedIn } from '../../undetermined.ts';

/** A value with an operator before it. */
export function unary(operator: '!' | '-', value: unknown): unknown {
  if (value instanceof Undetermined) return value;
  const of = operator === '!' ? booleanOf(value) : numberOf(value);
  if (of === undefined) return unfit(operator);
  return typeof of === 'boolean' ? !of : -of;
}

/** Two values with an operator between them; the right one is asked for where it decides. */
export function binary(operator: string, left: unknown, right: () => unknown): unknown {
  if (operator === '&&' || operator === '||') return logical(operator, left, right());
  const values = [left, right()] as const;
  const unknown = undeterminedIn(values);
  if (unknown) return unknown;
  if (operator === '==' || operator === '!=') {
    // Whether two lists are equal depends on their types too, which are not kept here.
    if (values.every((one) => typeof one === 'object' && one !== null))
      return new Undetermined('this program does not compare lists and maps');
    return (values[0] === values[1]) === (operator === '==');
  }
  const [one, other] = values.map(numberOf);
  if (one === undefined || other === undefined) return unfit(operator);
  const result = NUMERIC[operator]?.(one, other) ?? unfit(operator);
  // Terraform computes with decimal fractions; those that are not exact here are not claimed.
  return typeof result === 'number' && !Number.isSafeInteger(result * 1024)
    ? new Undetermined(`this program does not compute with such numbers`)
    : result;
}

const NUMERIC: Readonly<Record<string, (one: number, other: number) => number | boolean>> = {
  '<': (one, other) => one < other,
  '>': (one, other) => one > other,
  '<=': (one, other) => one <= other,
  '>=': (one, other) => one >= other,
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
  '%': (one, other) => one % other,
};

/** Either side may decide alone, whatever the other one is. */
function logical(operator: '&&' | '||', left: unknown, right: unknown): unknown {
  const decisive = operator === '||';
  const sides = [left, right].map((one) => (one instanceof Undetermined ? one : booleanOf(one)));
  if (sides.includes(undefined)) return unfit(operator);
  if (sides[0] === decisive) return decisive;
  const unknown = sides.find((one) => one instanceof Undetermined);
  return unknown ?? (sides[1] === decisive ? decisive : !decisive);
}

export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const isNumeral = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value);
  return isNumeral ? Number(value) : undefined;
}

function unfit(operator: string): Undetermined {
  return new Missing(`${operator} stands between values that it does not take`);
}
