import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LineNumbers } from '../../src/text/line-numbers.ts';
import { runs } from '../support/tools/runs.ts';

/** Counted from the first character on, each time. */
function placeOf(text: string, offset: number) {
  const before = text.slice(0, offset);
  // The second half of an end of a line is still on that line.
  const isInside = before.endsWith('\r') && text[offset] === '\n';
  const lines = (isInside ? before.slice(0, -1) : before).split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? '';
  return { line: lines.length, column: last.length + 1 + (isInside ? 1 : 0) };
}

test.each<[string, readonly string[]]>([
  ['LF', ['\n', 'a', '{"b": 1}']],
  ['LF, CR or both', ['\n', '\r', '\r\n', 'a', '{"b": 1}']],
])(
  'lines that end with %s have their numbers, in whatever order they are asked for',
  (_, parts) => {
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 300 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 20 }), (all, drawn) => {
        const lines = new LineNumbers(all);
        for (const offset of drawn.map((one) => one % (all.length + 1))) {
          const found = { line: lines.of(offset), column: lines.columnOf(offset) };
          expect({ offset, ...found }).toEqual({ offset, ...placeOf(all, offset) });
        }
      }),
      { numRuns: runs(300) },
    );
  },
);
