import { shown } from './flaw.ts';
import { visibleLines } from './unprintable.ts';

/** JSON in lines, in which every character can be seen. */
export function jsonText(value: unknown): string {
  return visibleLines(JSON.stringify(value, null, 2));
}

/**
 * Reads JSON in which every object has each of its members once. `JSON.parse` takes the last of several in silence, so a
 * second `StringEquals` would drop the conditions of the first. The whole text is taken or refused; what reads the good
 * parts of a broken dump is `src/aws/inputs/text/parse-json.ts`.
 *
 * @returns what it holds, or what is wrong with it, as in "is not JSON"
 * @see https://datatracker.ietf.org/doc/html/rfc8259#section-4
 */
export function readJson(text: string): { json: unknown } | { flaw: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { flaw: `is not JSON${error instanceof Error ? `: ${error.message}` : ''}` };
  }
  const flaw = flawOfJson(text);
  return flaw === undefined ? { json } : { flaw };
}

/**
 * Reads JSON as {@link readJson} does, for documents whose numbers count as text, such as policies and claims: a number
 * that JavaScript would write otherwise, such as `9007199254740993` or `1e3`, is refused.
 */
export function readExactJson(text: string): { json: unknown } | { flaw: string } {
  const result = readJson(text);
  const flaw = 'json' in result ? numberFlaw(text) : undefined;
  return flaw === undefined ? result : { flaw };
}

/** No policy, token, plan or state comes near this depth, and what reads them can follow it. */
const DEEPEST = 200;

/**
 * What keeps a text that `JSON.parse` reads from being taken: a member that stands twice in one object, or more than
 * {@link DEEPEST} objects and lists inside each other.
 */
export function flawOfJson(json: string): string | undefined {
  const open: (Set<unknown> | undefined)[] = [];
  let opened: number | undefined;
  for (const { 0: token, index } of json.matchAll(/\\.|["{}[\]]/g)) {
    if (token === '"' && opened === undefined) opened = index;
    else if (token === '"') {
      const text = json.slice(opened, index + 1);
      opened = undefined;
      COLON.lastIndex = index + 1;
      if (!COLON.test(json)) continue;
      const name: unknown = JSON.parse(text);
      if (open.at(-1)?.has(name)) {
        return `holds ${text} twice, and who reads it decides which one counts`;
      }
      open.at(-1)?.add(name);
    } else if (opened !== undefined) continue;
    else if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined);
      if (open.length > DEEPEST) {
        return `has more than ${DEEPEST} objects and lists inside each other, at character ${index + 1}`;
      }
    } else if (token === '}' || token === ']') open.pop();
  }
  return undefined;
}

/** What makes a text a member's name. */
const COLON = /\s*:/y;

/** What is wrong with the first number outside strings that JavaScript writes otherwise, if there is one. */
export function numberFlaw(json: string): string | undefined {
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g)) {
    if (!token.startsWith('"') && String(Number(token)) !== token) {
      return `holds the number ${shown(token)}, which cannot be kept as written; put it in quotes`;
    }
  }
  return undefined;
}
