/**
 * What a template says to do, as the build reads it: texts, values, each through the helper of its language, and blocks.
 * It is data, not code: most of a template is rendered once in a run, and code costs more to compile than to interpret.
 */
export type Program = readonly (string | ValueNode | BlockNode)[];

/** A value, the helper that writes it, and the helper's options. */
type ValueNode = readonly [helper: Helper, path: TemplatePath, options?: ValueOptions];

/** What stands where a value is there (`if`), is not (`unless`), or for each item of a list; and what stands otherwise. */
type BlockNode = readonly [
  block: 'if' | 'unless' | 'each',
  path: TemplatePath,
  then: Program,
  otherwise?: Program,
];

type Helper =
  | 'ts'
  | 'hcl'
  | 'hclAttributes'
  | 'cfn'
  | 'json'
  | 'yaml'
  | 'markdown'
  | 'code'
  | 'mermaid'
  | 'sh'
  | 'identifier'
  | 'include';

type ValueOptions = Readonly<Record<string, number | boolean | TemplatePath>>;

/** A key of what is shown, `@first`, or how many lists to leave and the keys from there. */
type TemplatePath = string | readonly [up: number, ...keys: string[]];

/** Options whose paths are looked up. */
export type Options = Readonly<Record<string, unknown>>;

export type Helpers = Readonly<Record<Helper, (value: never, options: Options) => string>>;

/** What is shown: a view, or an item of a list within another. */
interface InView {
  readonly value: unknown;
  readonly around: InView | undefined;
  readonly isFirst: boolean;
}

const NO_OPTIONS: Options = {};

/**
 * Renders a template.
 *
 * @param view what its paths begin at
 * @throws {TypeError} for a path that leads through nothing, or a block over anything but a list
 */
export function rendered(program: Program, helpers: Helpers, view: unknown): string {
  const portions = new Portions();
  write(program, helpers, { value: view, around: undefined, isFirst: false }, portions);
  return portions.text();
}

/** Joins texts in portions: the small ones of a long page are gone before the next are made. */
class Portions {
  readonly #portions: string[] = [];
  #texts: string[] = [];

  add(text: string): void {
    if (this.#texts.push(text) < PORTION) return;
    this.#portions.push(this.#texts.join(''));
    this.#texts = [];
  }

  text(): string {
    return [...this.#portions, ...this.#texts].join('');
  }
}

const PORTION = 4096;

function write(program: Program, helpers: Helpers, scope: InView, portions: Portions): void {
  for (const node of program) {
    if (typeof node === 'string') portions.add(node);
    else if (isBlock(node)) writeBlock(node, helpers, scope, portions);
    else {
      const [helper, path, options] = node;
      // What a view holds has the type that the helper takes, or the helper refuses it.
      const value = valueAt(path, scope) as never;
      portions.add(helpers[helper](value, options ? lookedUp(options, scope) : NO_OPTIONS));
    }
  }
}

function isBlock(node: ValueNode | BlockNode): node is BlockNode {
  return typeof node[2] === 'object' && Array.isArray(node[2]);
}

function writeBlock(
  [block, path, then, otherwise = []]: BlockNode,
  helpers: Helpers,
  scope: InView,
  portions: Portions,
): void {
  const value = valueAt(path, scope);
  if (isThere(value) === (block === 'unless')) {
    write(otherwise, helpers, scope, portions);
  } else if (block !== 'each') {
    write(then, helpers, scope, portions);
  } else {
    if (!isList(value)) throw new TypeError(`${String(path)} is not a list`);
    let isFirst = true;
    for (const item of value) {
      write(then, helpers, { value: item, around: scope, isFirst }, portions);
      isFirst = false;
    }
  }
}

/** An array, or what makes one item after the other as they are written. */
function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** Handlebars' own rule: an empty list is as good as none. */
function isThere(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function lookedUp(options: ValueOptions, scope: InView): Options {
  const found: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options))
    found[name] =
      typeof option === 'number' || typeof option === 'boolean' ? option : valueAt(option, scope);
  return found;
}

function valueAt(path: TemplatePath, scope: InView): unknown {
  if (typeof path === 'string') return path === '@first' ? scope.isFirst : own(scope.value, path);
  const [up, ...keys] = path;
  let from: InView | undefined = scope;
  for (let level = 0; level < up; level++) from = from?.around;
  let value = from?.value;
  for (const key of keys) value = own(value, key);
  return value;
}

/** Only what an object has of its own, so no template reaches a prototype. */
function own(value: unknown, key: string): unknown {
  if (value === undefined || value === null) throw new TypeError(`nothing has the key ${key}`);
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
