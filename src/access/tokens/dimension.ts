import { type Grammar } from './grammar.ts';
import { representatives } from './representatives.ts';
import { keyOfTest, type OpenTest, type Test } from './test.ts';

/**
 * One thing in which tokens differ, cut into cells: values of one cell are alike to every policy that is looked at. The
 * names of claims are GitLab's, those of request keys are AWS's in lower case.
 */
export interface Dimension {
  readonly name: string;
  readonly kind: 'form' | 'claim' | 'request' | 'unread';
  /** A value of each cell; `undefined` where the key is absent. */
  readonly cells: readonly (string | undefined)[];
  /** What the policies ask, by {@link keyOfTest}, and the cells that match. */
  readonly tests: ReadonlyMap<string, { readonly test: Test; readonly cells: bigint }>;
  readonly full: bigint;
}

export function dimension(
  name: string,
  kind: Dimension['kind'],
  cells: readonly (string | undefined)[],
  tests: readonly { readonly test: Test; readonly matches: (value: string) => boolean }[] = [],
): Dimension {
  const known = new Map(tests.map((one) => [keyOfTest(one.test), one]));
  return {
    name,
    kind,
    cells,
    full: (1n << BigInt(cells.length)) - 1n,
    tests: new Map(
      [...known].map(([key, { test, matches }]) => [
        key,
        { test, cells: cellsWhere(cells, (value) => value !== undefined && matches(value)) },
      ]),
    ),
  };
}

export function cellsWhere<Value>(
  cells: readonly Value[],
  holds: (value: Value) => boolean,
): bigint {
  let found = 0n;
  cells.forEach((value, at) => {
    if (holds(value)) found |= 1n << BigInt(at);
  });
  return found;
}

/** The cells of a claim whose values are all texts of a grammar. @throws {TooMany} */
export function textCells(grammar: Grammar, tests: readonly OpenTest[]): string[] {
  const known = new Map(tests.map((one) => [keyOfTest(one), one]));
  return representatives(grammar, [...known.values()]);
}
