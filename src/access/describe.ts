import type { Dimension } from './tokens/dimension.ts';
import type { Test } from './tokens/test.ts';

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
  cells: bigint,
  listed: boolean,
): Values | undefined {
  const { full } = dimension;
  if (cells === full) return undefined;
  const values = dimension.cells.filter((_, at) => (cells >> BigInt(at)) & 1n);
  if (listed) return { kind: 'listed', values };
  const tests = [...dimension.tests.values()].filter((one) => one.cells !== 0n);
  const within = (some: bigint) => tests.filter((one) => (one.cells & ~some) === 0n);
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
  return { kind: 'examples', values };
}

/** The widest of some tests, which together are these cells; `undefined` where they are fewer. */
function covering(
  tests: readonly { readonly test: Test; readonly cells: bigint }[],
  cells: bigint,
): Test[] | undefined {
  const chosen: Test[] = [];
  let left = cells;
  for (const { test, cells: some } of tests.toSorted((a, b) => count(b.cells) - count(a.cells))) {
    if ((some & left) === 0n) continue;
    chosen.push(test);
    left &= ~some;
  }
  return left === 0n ? chosen : undefined;
}

function count(cells: bigint): number {
  return cells.toString(2).replaceAll('0', '').length;
}
