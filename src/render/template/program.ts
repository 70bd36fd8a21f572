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
  return textOf(program, helpers, { value: view, around: undefined, isFirst: false });
}

function textOf(program: Program, helpers: Helpers, scope: InView): string {
  let text = '';
  for (const node of program) {
    if (typeof node === 'string') text += node;
    else if (isBlock(node)) text += blockText(node, helpers, scope);
    else {
      const [helper, path, options] = node;
      // What a view holds has the type that the helper takes, or the helper refuses it.
      const value = valueAt(path, scope) as never;
      text += helpers[helper](value, options ? lookedUp(options, scope) : NO_OPTIONS);
    }
  }
  return text;
}

function isBlock(node: ValueNode | BlockNode): node is BlockNode {
  return typeof node[2] === 'object' && Array.isArray(node[2]);
}

function blockText(
  [block, path, then, otherwise = []]: BlockNode,
  helpers: Helpers,
  scope: InView,
) {
  const value = valueAt(path, scope);
  if (block !== 'each') {
    return textOf((block === 'if') === isThere(value) ? then : otherwise, helpers, scope);
  }
  if (!isThere(value)) return textOf(otherwise, helpers, scope);
  if (!Array.isArray(value)) throw new TypeError(`${String(path)} is not a list`);
  let text = '';
  let isFirst = true;
  for (const item of value) {
    text += textOf(then, helpers, { value: item, around: scope, isFirst });
    isFirst = false;
  }
  return text;
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
