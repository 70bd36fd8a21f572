import { visibleLines } from './unprintable.ts';

/** JSON in lines, in which every character can be seen. */
export function jsonText(value: unknown): string {
  return visibleLines(JSON.stringify(value, null, 2));
}

/**
 * Reads JSON in which every object has each of its members once. `JSON.parse` takes the last of several in silence, so a
 * second `StringEquals` would drop the conditions of the first.
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
  const twice = memberTwice(text);
  return twice === undefined ? { json } : { flaw: twiceFlaw(twice) };
}

/**
 * Finds the first member that stands twice in one object.
 *
 * @param json text that `JSON.parse` reads
 * @returns the member's name as it is written there, with its quotes
 */
export function memberTwice(json: string): string | undefined {
  const objects: Set<unknown>[] = [];
  let opened: number | undefined;
  for (const { 0: token, index } of json.matchAll(/\\.|["{}]/g)) {
    if (token === '"' && opened === undefined) opened = index;
    else if (token === '"') {
      const text = json.slice(opened, index + 1);
      opened = undefined;
      COLON.lastIndex = index + 1;
      if (!COLON.test(json)) continue;
      const name: unknown = JSON.parse(text);
      if (objects.at(-1)?.has(name)) return text;
      objects.at(-1)?.add(name);
    } else if (opened !== undefined) continue;
    else if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
  }
  return undefined;
}

/** What makes a text a member's name. */
const COLON = /\s*:/y;

/** @param member as `memberTwice` gives it */
export function twiceFlaw(member: string): string {
  return `holds ${member} twice, and who reads it decides which one counts`;
}
