import { type Cells, countCells, firstCell, isOneCell, valuesIn } from './tokens/cells.ts';
import type { Dimension } from './tokens/dimension.ts';
import { keyOfTest, type Test } from './tokens/test.ts';

/** The values of a dimension, in the words of the policies. */
export type Values =
  /** All values that match one of these and none of the exceptions. */
  | {
      readonly kind: 'tests';
      readonly any: readonly Test[] | 'all';
      readonly except: readonly Test[];
    }
  /** These values; `undefined` is a key that is absent. */
  | { readonly kind: 'listed'; readonly values: readonly (string | undefined)[] }
  /** A set that the tests of the policies do not add up to; one value of each sort that is in it. */
  | { readonly kind: 'examples'; readonly values: readonly (string | undefined)[] };

/** Says what a set of cells is; `undefined` where it is all of them. */
export function describeCells(
  dimension: Dimension,
  cells: Cells,
  listed: boolean,
): Values | undefined {
  const { full } = dimension;
  if (cells === full) return undefined;
  if (listed) return { kind: 'listed', values: valuesIn(dimension.cells, cells) };
  const exact = exactly(dimension, cells);
  if (exact) return { kind: 'tests', any: [exact], except: [] };
  const tests = oneForEachSet([...dimension.tests.values()]);
  const within = (some: Cells) => tests.filter((one) => (one.cells & ~some) === 0n);
  const any = covering(within(cells), cells);
  if (any) return { kind: 'tests', any, except: [] };
  const except = covering(within(full & ~cells), full & ~cells);
  if (except) return { kind: 'tests', any: 'all', except };
  const touching = tests.filter((one) => (one.cells & cells) !== 0n);
  const reach = touching.reduce((all, one) => all | one.cells, 0n);
  const wide = covering(touching, reach);
  const without = covering(within(reach & ~cells), reach & ~cells);
  if (wide && without && (cells & ~reach) === 0n)
    return { kind: 'tests', any: wide, except: without };
  return { kind: 'examples', values: valuesIn(dimension.cells, cells) };
}

/** The test for the one text that a set holds; `undefined` where it holds more, or nothing asks for that text. */
function exactly({ cells: values, tests }: Dimension, cells: Cells): Test | undefined {
  const value = isOneCell(cells) ? values[firstCell(cells)] : undefined;
  if (value === undefined) return undefined;
  const found = tests.get(keyOfTest({ operator: 'StringEquals', value }));
  return found?.cells === cells ? found.test : undefined;
}

interface CutTest {
  readonly test: Test;
  readonly cells: Cells;
}

/** Of tests that match the same, one, in whatever order the policies ask. */
function oneForEachSet(tests: readonly CutTest[]): readonly CutTest[] {
  const known = new Map<Cells, CutTest>();
  for (const one of tests) {
    const other = known.get(one.cells);
    if (!other || isPlainer(one.test, other.test)) known.set(one.cells, one);
  }
  return [...known.values()];
}

/** A text rather than a number, `acme/*` rather than `acme/**`. */
function isPlainer(one: Test, other: Test): boolean {
  if (one.operator !== other.operator) return one.operator > other.operator;
  if (one.value.length !== other.value.length) return one.value.length < other.value.length;
  return one.value > other.value;
}

/** The widest of some tests, which together are these cells; `undefined` where they are fewer. */
function covering(tests: readonly CutTest[], cells: Cells): Test[] | undefined {
  const chosen: Test[] = [];
  let left = cells;
  const counted = tests.map((one) => ({ ...one, count: countCells(one.cells) }));
  for (const { test, cells: some } of counted.toSorted((a, b) => b.count - a.count)) {
    if ((some & left) === 0n) continue;
    chosen.push(test);
    left &= ~some;
  }
  return left === 0n ? chosen : undefined;
}
