import { like } from '../../iam/evaluate/wildcard.ts';

/** `*`: any text. */
const MANY = -1;
/** `?`: one character. */
const ONE = -2;
/** {@link PIECE_SIGN}: any text without a slash or a colon. */
const PIECE = -3;
/** {@link NAME_SIGN}: any text without a colon. */
const NAME = -4;

/** Stands in an ARN format for a name without slash and colon, such as that of a bucket. No policy can hold this character. */
export const PIECE_SIGN = '\ue001';
/** The same for a name that may have slashes. */
export const NAME_SIGN = '\ue002';

/** A text that no policy names: what matches it matches every text. */
export const FRESH = 'zq0any0qz';

const SLASH = 0x2f;
const COLON = 0x3a;
const MARK = 0xe000;

/** More steps than any two ARNs of ordinary length take. */
const MOST_STEPS = 50_000;

/** Returned where it takes too many steps to see whether patterns have a text in common. */
export const TOO_MANY: unique symbol = Symbol('too many steps');

/**
 * A text that all patterns match, in which whatever none of them determines is {@link FRESH}; `undefined` where there is none.
 *
 * @param patterns with `*` and `?` as IAM reads them
 */
export function common(patterns: readonly string[]): string | undefined | typeof TOO_MANY {
  const limiting = patterns.filter((one) => one !== '*');
  const literal = limiting.find((one) => !WILD.test(one));
  if (literal !== undefined)
    return limiting.every((one) => matches(one, literal)) ? literal : undefined;
  return search((limiting.length > 0 ? limiting : ['*']).map(tokensOf));
}

const SIGN = new RegExp(`[${PIECE_SIGN}${NAME_SIGN}]`);
const WILD = new RegExp(`[*?]|${SIGN.source}`);

/** Only formats have signs, and few of them, so that an expression does not try for long. */
function matches(pattern: string, text: string): boolean {
  if (!SIGN.test(pattern)) return like(pattern, text);
  const source = pattern
    .replace(/[\\.+$(){}|[\]/-]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll(PIECE_SIGN, '[^/:]*')
    .replaceAll(NAME_SIGN, '[^:]*');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Depth first, the most general text first: an explicit stack, since patterns may be long. */
function search(all: readonly (readonly number[])[]): string | undefined | typeof TOO_MANY {
  const seen = new Set<string>();
  const open: GlobStep[] = [{ at: all.map(() => 0), text: '', marked: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    const step = alongLiterals(all, next);
    const { at } = step;
    if (at.every((position, index) => position === all[index]?.length))
      return step.text.replaceAll(String.fromCharCode(MARK), FRESH);
    const key = `${at.join()}${step.marked ? '!' : ''}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > MOST_STEPS) return TOO_MANY;
    open.push(...stepsFrom(all, step));
  }
  return undefined;
}

/** Goes on as long as every pattern has the same character next. */
function alongLiterals(all: readonly (readonly number[])[], step: GlobStep): GlobStep {
  const [first = [], ...others] = all;
  const [start = 0, ...starts] = step.at;
  let length = 0;
  for (;;) {
    const token = first[start + length];
    if (token === undefined || token < 0) break;
    if (others.some((tokens, index) => tokens[(starts[index] ?? 0) + length] !== token)) break;
    length += 1;
  }
  if (length === 0) return step;
  const text = String.fromCharCode(...first.slice(start, start + length));
  return { at: step.at.map((one) => one + length), text: step.text + text, marked: false };
}

interface GlobStep {
  /** The position in each pattern. */
  readonly at: readonly number[];
  readonly text: string;
  /** Whether free text was written since the last character that a pattern determines. */
  readonly marked: boolean;
}

/** What can come next, the best last. */
function stepsFrom(
  all: readonly (readonly number[])[],
  { at, text, marked }: GlobStep,
): GlobStep[] {
  const next = all.map((tokens, index) => tokens[at[index] ?? 0]);
  const steps: GlobStep[] = [];
  next.forEach((token, index) => {
    if (isKept(token)) steps.push({ at: at.with(index, (at[index] ?? 0) + 1), text, marked });
  });
  const literal = next.find((token) => token !== undefined && token >= 0);
  const free = next.includes(ONE) ? 'q'.charCodeAt(0) : MARK;
  const character = literal ?? free;
  if (next.some((token) => !accepts(token, character))) return steps;
  const consumed = {
    at: at.map((position, index) => position + (isKept(next[index]) ? 0 : 1)),
    text: text + String.fromCharCode(character),
    marked: literal === undefined,
  };
  // A wildcard can match beyond a colon of an ARN, but a text in which it ends there is plainer.
  return literal === COLON ? [consumed, ...steps] : [...steps, consumed];
}

function accepts(token: number | undefined, character: number): boolean {
  if (token === MANY || token === ONE) return true;
  if (token === NAME) return character !== COLON;
  return token === PIECE ? character !== SLASH && character !== COLON : token === character;
}

function isKept(token: number | undefined): boolean {
  return token === MANY || token === PIECE || token === NAME;
}

const SIGNS: Readonly<Record<string, number>> = {
  '*': MANY,
  '?': ONE,
  [PIECE_SIGN]: PIECE,
  [NAME_SIGN]: NAME,
};

function tokensOf(pattern: string): readonly number[] {
  return Array.from(
    { length: pattern.length },
    (_, at) => SIGNS[pattern.charAt(at)] ?? pattern.charCodeAt(at),
  );
}
