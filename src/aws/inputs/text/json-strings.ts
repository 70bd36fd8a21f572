import { isObject } from '../../../text/json-object.ts';
import { endOfString } from './json-scan.ts';

/** Where the objects of long lists begin in a text, for each list. */
export type ListStarts = ReadonlyMap<unknown, readonly number[]>;

/** No policy, role or state has so many values inside each other; what reads them can follow as many. */
export const DEEPEST = 100;
/** Of a list with as many items it is remembered where each begins. */
const LONG = 20;
/** Lists that are that deep are of one role or resource. */
const DEEPEST_OF_LONG = 6;

/** Goes through a text and what `JSON.parse` made of it, string by string, which is quicker than to look at each character. */
export class StringWalk {
  readonly starts = new Map<unknown, readonly number[]>();
  /** Whether {@link DEEPEST} levels are not enough. What is deeper was passed over. */
  isTooDeep = false;
  readonly #text: string;
  #at = 0;

  constructor(text: string, value: unknown) {
    this.#text = text;
    this.#pass(value, 0, true);
  }

  /**
   * Whether the text holds as many strings as the value. Of a member that stands twice, `JSON.parse` drops one, and its
   * name with it.
   */
  get isWhole(): boolean {
    return this.#text.indexOf('"', this.#at) === -1;
  }

  /** @param isInOrder whether what stands around the value is in the order of the text */
  #pass(value: unknown, depth: number, isInOrder: boolean): void {
    if (typeof value === 'string') this.#passString();
    else if (typeof value !== 'object' || value === null) return;
    else if (depth > DEEPEST) this.isTooDeep = true;
    else if (Array.isArray(value)) this.#passList(value, depth, isInOrder);
    else this.#passObject(value as Readonly<Record<string, unknown>>, depth, isInOrder);
  }

  #passString(): void {
    this.#at = endOfString(this.#text, this.#text.indexOf('"', this.#at));
  }

  #passObject(object: Readonly<Record<string, unknown>>, depth: number, isInOrder: boolean): void {
    let inOrder = isInOrder;
    // A list of members would be made for each object of a dump; JSON has no inherited ones.
    for (const name in object) {
      // Names that are numbers come first in JavaScript, wherever they stand in the text.
      inOrder &&= !isDigit(name.charCodeAt(0));
      this.#passString();
      this.#pass(object[name], depth + 1, inOrder);
    }
  }

  #passList(list: readonly unknown[], depth: number, isInOrder: boolean): void {
    const isLong = isInOrder && depth < DEEPEST_OF_LONG && list.length >= LONG;
    if (!isLong || !list.every(hasMembers)) {
      for (const one of list) this.#pass(one, depth + 1, isInOrder);
      return;
    }
    const starts: number[] = [];
    for (const one of list) {
      // Nothing but space is between the beginning of an object and its first name.
      starts.push(this.#text.lastIndexOf('{', this.#text.indexOf('"', this.#at)));
      this.#pass(one, depth + 1, isInOrder);
    }
    this.starts.set(list, starts);
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function hasMembers(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}
