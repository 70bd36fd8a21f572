import { BoundedCache } from '../../text/bounded-cache.ts';
import type { JsonObject } from '../../text/json-object.ts';
import { parsePolicy, type ParsedPolicy } from './parse-policy.ts';
import type { Condition, Statement, TrustPolicy } from './policy.ts';

/**
 * What the trust policies of many roles have in common: they are the same text but for the projects, refs and ids that
 * they name exactly. What is found of a shape's sample holds for each of its policies, with its own names in the place of
 * the sample's.
 */
export interface PolicyShape {
  readonly key: string;
  /** The policy with {@link STAND_INS} for what differs. */
  readonly sample: TrustPolicy;
}

/** A policy's shape, and the names that it has where the sample has stand-ins. */
export interface ShapedPolicy {
  readonly shape: PolicyShape;
  readonly names: ShapeNames;
}

/** Each name once, in the order of the stand-ins. */
export interface ShapeNames {
  readonly paths: readonly string[];
  readonly refs: readonly string[];
  readonly ids: readonly string[];
}

/** The shape of a policy that {@link parseShaped} read; `undefined` where it has none. */
export function shapeOfPolicy(policy: TrustPolicy): ShapedPolicy | undefined {
  return policy instanceof PolicyOfShape ? PolicyOfShape.shaped(policy) : undefined;
}

/** A policy that is known by its shape and its names. Of most roles of a dump nobody looks at more. */
class PolicyOfShape implements TrustPolicy {
  readonly version: TrustPolicy['version'];
  readonly size: number;
  readonly #read: ReadShape;
  readonly #names: ShapeNames;
  #statements: readonly Statement[] | undefined;

  constructor(read: ReadShape, names: ShapeNames, size: number) {
    this.version = read.shape.sample.version;
    this.size = size;
    this.#read = read;
    this.#names = names;
  }

  get statements(): readonly Statement[] {
    return (this.#statements ??= this.#read.statementsOf(this.#names));
  }

  static shaped(policy: PolicyOfShape): ShapedPolicy {
    return { shape: policy.#read.shape, names: policy.#names };
  }
}

/** More names than any policy within IAM's quotas has room for are not looked at. */
const MOST_NAMES = 100;
/** Nor are texts that are longer than any such policy: to number their names would take the square of their length. */
const LONGEST = 10_000;
/** So many are remembered at once. */
const MOST_SHAPES = 1000;

/**
 * Subjects of GitLab's default form with a plain path and a plain ref, as JSON writes them: neither GitLab nor git refuses
 * any, and IAM reads them as they are. After a value there is a comma or a bracket, after a member's name a colon.
 */
const SUBJECT =
  /[:,[]"project_path:([A-Za-z\d][\w-]*(?:\/[A-Za-z\d][\w-]*)+):ref_type:(branch|tag):ref:((?!HEAD"|refs\/|[^"]*\.lock[/"])[A-Za-z\d][\w-]*(?:[./][A-Za-z\d][\w-]*)*)(?="[,\]}])/g;
const ID = /:(project_id|namespace_id)":"([1-9]\d{0,14})(?="[,}])/g;

/** What stands in a sample: each is followed by the number of the name, in two digits. */
const STAND_INS = {
  all: 'zq-',
  group: 'zq-group-',
  project: 'zq-project-',
  ref: 'zq-ref-',
  id: '9070605040',
};
const ANY_STAND_IN = /zq-(?:group|project|ref)-|9070605040/;
/** A stand-in in a text: a path, the group of a path, a ref, or an id. */
const STAND_IN = /zq-group-(\d\d)\/zq-project-\1|zq-group-(\d\d)|zq-ref-(\d\d)|9070605040(\d\d)/g;

/** A text of a sample, taken apart, so that the names of a policy can be put into it. */
export type NamedText = (names: ShapeNames) => string;

/** @returns the text itself where it has no stand-in */
export function namedText(text: string): string | NamedText {
  const { literals, slots, rest } = takenApart(text);
  if (slots.length === 0) return text;
  return (names) => {
    let filled = '';
    for (let one = 0; one < slots.length; one++) {
      const { kind, at, isGroup } = slots[one] ?? NO_SLOT;
      const name = names[kind][at] ?? '';
      filled += (literals[one] ?? '') + (isGroup ? groupOf(name) : name);
    }
    return filled + rest;
  };
}

/** A place for a name in a text of a sample: for the name with a number, or for the group of that path. */
interface Slot {
  readonly kind: keyof ShapeNames;
  readonly at: number;
  readonly isGroup: boolean;
}

const NO_SLOT: Slot = { kind: 'paths', at: -1, isGroup: false };

/** What stands before each slot of a text, and after the last. */
function takenApart(text: string) {
  const literals: string[] = [];
  const slots: Slot[] = [];
  let end = 0;
  for (const found of text.matchAll(STAND_IN)) {
    const [whole, path, group, ref, id] = found;
    literals.push(text.slice(end, found.index));
    end = found.index + whole.length;
    const kind = ref !== undefined ? 'refs' : id !== undefined ? 'ids' : 'paths';
    const isGroup = group !== undefined;
    slots.push({ kind, at: Number(path ?? group ?? ref ?? id), isGroup });
  }
  return { literals, slots, rest: text.slice(end) };
}

function groupOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** What {@link SUBJECT} and {@link ID} take for a name, up to what stands after it. */
const NAMES: Readonly<Record<keyof ShapeNames, RegExp>> = {
  paths: /[A-Za-z\d][\w-]*(?:\/[A-Za-z\d][\w-]*)+(?=:)/y,
  refs: /(?!HEAD"|refs\/|[^"]*\.lock[/"])[A-Za-z\d][\w-]*(?:[./][A-Za-z\d][\w-]*)*(?=")/y,
  ids: /[1-9]\d{0,14}(?=")/y,
};

/**
 * Reads the names out of the text of a policy, if it is of a shape: all else stands as in the shape, and names are equal
 * where those of the shape are.
 */
function namesIn(text: string, { literals, slots, rest }: ReturnType<typeof takenApart>) {
  const names = { paths: [] as string[], refs: [] as string[], ids: [] as string[] };
  let end = 0;
  for (let one = 0; one < slots.length; one++) {
    const { kind, at } = slots[one] ?? NO_SLOT;
    const literal = literals[one] ?? '';
    const form = NAMES[kind];
    if (!text.startsWith(literal, end)) return undefined;
    form.lastIndex = end + literal.length;
    if (!form.test(text)) return undefined;
    const name = text.slice(end + literal.length, form.lastIndex);
    end = form.lastIndex;
    const known = names[kind];
    if (at < known.length ? known[at] !== name : known.includes(name)) return undefined;
    if (at === known.length) known.push(name);
  }
  return text.length === end + rest.length && text.endsWith(rest) ? names : undefined;
}

const known = new BoundedCache<ReadShape | undefined>(MOST_SHAPES);

/** The shapes of the policies that were read last: the next one is probably of one of them. */
const recent: ReadShape[] = [];
const MOST_RECENT = 4;

/** {@link parsePolicy} for the policies of many roles: of those of one shape, one is parsed. */
export function parseShaped(json: JsonObject): ParsedPolicy {
  const text = JSON.stringify(json);
  for (const one of recent) {
    const names = namesIn(text, one.parts);
    if (names) return { ok: true, policy: new PolicyOfShape(one, names, text.length) };
  }
  const found = abstracted(text);
  if (found === undefined) return parsePolicy(json, '');
  const shape = known.of(found.key, () => readShape(found.key));
  if (shape === undefined) return parsePolicy(json, '');
  recent.unshift(shape);
  recent.length = Math.min(recent.length, MOST_RECENT);
  return { ok: true, policy: new PolicyOfShape(shape, found.names, text.length) };
}

/** The text of a policy with stand-ins for its names. */
function abstracted(text: string): { key: string; names: ShapeNames } | undefined {
  if (text.length > LONGEST || text.includes(STAND_INS.all) || text.includes(STAND_INS.id))
    return undefined;
  const paths: string[] = [];
  const refs: string[] = [];
  const ids: string[] = [];
  const key = text
    .replace(SUBJECT, (found, path: string, type: string, ref: string) => {
      const ofPath = placeOf(path, paths);
      const project = `${STAND_INS.group}${ofPath}/${STAND_INS.project}${ofPath}`;
      return `${found.charAt(0)}"project_path:${project}:ref_type:${type}:ref:${STAND_INS.ref}${placeOf(ref, refs)}`;
    })
    .replace(
      ID,
      (_, claim: string, id: string) => `:${claim}":"${STAND_INS.id}${placeOf(id, ids)}`,
    );
  const most = Math.max(paths.length, refs.length, ids.length);
  return most > MOST_NAMES ? undefined : { key, names: { paths, refs, ids } };
}

/** The place of a name among those that are known, in two digits; a new one is added. */
function placeOf(name: string, known: string[]): string {
  let at = known.indexOf(name);
  if (at === -1) at = known.push(name) - 1;
  return at < 10 ? `0${at}` : String(at);
}

interface ReadShape {
  readonly shape: PolicyShape;
  /** Its key, taken apart. */
  readonly parts: ReturnType<typeof takenApart>;
  readonly statementsOf: (names: ShapeNames) => readonly Statement[];
}

/** `undefined` where the policy is none, or its names stand where they may mean more than themselves. */
function readShape(key: string): ReadShape | undefined {
  const parsed = parsePolicy(JSON.parse(key), '');
  if (!parsed.ok) return undefined;
  const sample = parsed.policy;
  const count = sample.statements.flatMap(({ conditions }) => conditions).filter(hasStandIn);
  const standIns = key.match(STAND_IN)?.length ?? 0;
  const inPlace = count.reduce((sum, one) => sum + standInsOf(one), 0);
  if (inPlace !== standIns || !sample.statements.every(isPlain)) return undefined;
  const statements = sample.statements.map(statementOf);
  return {
    shape: { key, sample },
    parts: takenApart(key),
    statementsOf: (names) =>
      statements.map((one) => (typeof one === 'function' ? one(names) : one)),
  };
}

/** A statement that has names of its own in the place of stand-ins. */
function statementOf(statement: Statement): Statement | ((names: ShapeNames) => Statement) {
  if (!statement.conditions.some(hasStandIn)) return statement;
  const conditions = statement.conditions.map((condition) => {
    if (!hasStandIn(condition)) return condition;
    const values = condition.values.map((value) => {
      const text = namedText(value.text);
      if (typeof text === 'string') return value;
      const { path, type } = value;
      return (names: ShapeNames) => ({ text: text(names), path, type });
    });
    return (names: ShapeNames): Condition => ({
      ...condition,
      values: values.map((value) => (typeof value === 'function' ? value(names) : value)),
    });
  });
  return (names) => ({
    ...statement,
    conditions: conditions.map((one) => (typeof one === 'function' ? one(names) : one)),
  });
}

function hasStandIn({ values }: Condition): boolean {
  return values.some(({ text }) => ANY_STAND_IN.test(text));
}

function standInsOf({ values }: Condition): number {
  return values.reduce((sum, { text }) => sum + (text.match(STAND_IN)?.length ?? 0), 0);
}

const NAMING = new Set(['sub', 'project_id', 'namespace_id']);
const PLAIN = new Set(['StringEquals', 'StringLike']);

/**
 * Whether a statement says no more of its names than that a claim must be one of them: no other condition of it is about
 * the same claim, no operator compares otherwise than text with text, and nothing waits for the request. A Deny statement
 * must have none: what it takes away depends on what another statement names.
 */
function isPlain({ effect, conditions }: Statement): boolean {
  const naming = conditions.filter(hasStandIn);
  if (naming.length === 0) {
    return effect === 'Allow' || conditions.every(({ claim }) => !NAMING.has(claim));
  }
  return (
    effect === 'Allow' &&
    naming.every(
      ({ operator: { base, set, ifExists }, claim }) =>
        PLAIN.has(base) && set === undefined && !ifExists && NAMING.has(claim),
    ) &&
    conditions.every(({ values }) => values.every(({ text }) => !text.includes('${'))) &&
    naming.every((one) => conditions.every((other) => other === one || other.claim !== one.claim))
  );
}
