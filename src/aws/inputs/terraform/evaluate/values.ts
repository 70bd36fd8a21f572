import { type JsonObject, isObject } from '../../../../text/json-object.ts';
import { Missing, Undetermined } from '../../undetermined.ts';

/**
 * A resource or a module as a whole. What is asked of it is computed when it is asked; for everything else it is not
 * determined.
 */
export class Whole extends Undetermined {
  /**
   * @param address as messages name it
   * @param get an attribute or output of it
   */
  constructor(
    readonly address: string,
    readonly get: (name: string) => unknown,
  ) {
    super(`this program does not evaluate ${address} as a whole`);
  }
}

const SETS = new WeakSet<readonly unknown[]>();

/** A set: each value once, texts in their order. */
export function setOf(values: readonly unknown[]): readonly unknown[] {
  const each = [...new Map(values.map((one) => [JSON.stringify(one), one])).values()];
  if (each.every((one) => typeof one === 'string')) each.sort(byText);
  SETS.add(each);
  return each;
}

export function isSet(value: readonly unknown[]): boolean {
  return SETS.has(value);
}

/** The order in which Terraform goes through texts: by the bytes of UTF-8, which is that of code points. */
export function byText(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** Members in the order in which Terraform goes through a map. */
export function membersOf(value: JsonObject): [string, unknown][] {
  return Object.entries(value).sort(([one], [other]) => byText(one, other));
}

/** Keys and values that a `for` or `for_each` goes through; `undefined` for what is neither a list nor a map. */
export function itemsOf(value: unknown): (readonly [key: unknown, value: unknown])[] | undefined {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map((one, index) => [isSet(items) ? one : index, one]);
  }
  return isMap(value) ? membersOf(value) : undefined;
}

export function isMap(value: unknown): value is JsonObject {
  return isObject(value) && !(value instanceof Undetermined);
}

/** One member of a list or a map, by `.name`, `[0]` or `["name"]`. */
export function memberOf(value: unknown, key: unknown, reference: string): unknown {
  if (value instanceof Whole && typeof key === 'string') return value.get(key);
  if (value instanceof Undetermined) return value;
  if (key instanceof Undetermined) return key;
  const absent = new Missing(`${reference} does not exist`);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const index = typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : key;
    if (typeof index !== 'number' || isSet(items) || !Number.isInteger(index)) return absent;
    return index >= 0 && index < items.length ? items[index] : absent;
  }
  if (!isMap(value) || !['string', 'number', 'boolean'].includes(typeof key)) return absent;
  return Object.hasOwn(value, String(key)) ? value[String(key)] : absent;
}

/** Such as text of a template: `undefined` for what has no text. */
export function textOfValue(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}
