import { allCells, cell, type Cells, cellsWhere } from './cells.ts';
import { type Grammar } from './grammar.ts';
import { representatives } from './representatives.ts';
import { keyOfTest, type OpenTest, type Test } from './test.ts';

/**
 * One thing in which tokens differ, cut into cells: values of one cell are alike to every policy that is looked at. The
 * names of claims are GitLab's, those of request keys are AWS's in lower case.
 */
export interface Dimension {
  readonly name: string;
  /** What reports call it. */
  readonly label: string;
  readonly kind: 'form' | 'claim' | 'request' | 'unread';
  /** A value of each cell; `undefined` where the key is absent. */
  readonly cells: readonly (string | undefined)[];
  /** What the policies ask, by {@link keyOfTest}, and the cells that match. */
  readonly tests: ReadonlyMap<string, { readonly test: Test; readonly cells: Cells }>;
  readonly full: Cells;
}

/** A question about the values of a dimension. */
interface CompiledTest {
  readonly test: Test;
  readonly matches: (value: string) => boolean;
  /** The text that it matches alone. */
  readonly exact?: string;
}

export function dimension(
  name: string,
  kind: Dimension['kind'],
  cells: readonly (string | undefined)[],
  tests: readonly CompiledTest[] = [],
  label = name,
): Dimension {
  const known = new Map(tests.map((one) => [keyOfTest(one.test), one]));
  const placeOf = new Map(cells.map((value, at) => [value, at]));
  const matching = ({ exact, matches }: CompiledTest): Cells => {
    if (exact === undefined) return cellsWhere(cells, (one) => one !== undefined && matches(one));
    const at = placeOf.get(exact);
    return at === undefined ? 0n : cell(at);
  };
  return {
    name,
    label,
    kind,
    cells,
    full: allCells(cells.length),
    tests: new Map(
      [...known].map(([key, asked]) => [key, { test: asked.test, cells: matching(asked) }]),
    ),
  };
}

/** The cells of a claim whose values are all texts of a grammar. @throws {TooMany} */
export function textCells(grammar: Grammar, tests: readonly OpenTest[]): string[] {
  const known = new Map(tests.map((one) => [keyOfTest(one), one]));
  return representatives(grammar, [...known.values()]);
}
