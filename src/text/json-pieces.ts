import { jsonText } from './json-text.ts';

/** Lists and objects below this depth are written in one piece each. */
const DEPTH = 4;

/** The text of {@link jsonText} and the end of its last line, piece by piece: a long report is never one text in memory. */
export function* jsonLines(value: unknown): Generator<string> {
  yield* piecesOf(value, '\n', DEPTH);
  yield '\n';
}

function* piecesOf(value: unknown, newline: string, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null || 'toJSON' in value) {
    // No string in JSON holds the end of a line.
    yield jsonText(value ?? null).replaceAll('\n', newline);
    return;
  }
  const isList = Array.isArray(value);
  // As JSON.stringify has it: what is not there is left out of an object, and null in a list.
  const members: [string, unknown][] = isList
    ? value.map((one: unknown) => ['', one])
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => [`${jsonText(name)}: `, one]);
  const [open, close] = isList ? '[]' : '{}';
  if (members.length === 0) {
    yield `${open ?? ''}${close ?? ''}`;
    return;
  }
  let before = open ?? '';
  for (const [name, one] of members) {
    yield `${before}${newline}  ${name}`;
    yield* piecesOf(one, `${newline}  `, depth - 1);
    before = ',';
  }
  yield `${newline}${close ?? ''}`;
}
