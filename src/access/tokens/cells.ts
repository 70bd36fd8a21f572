/** A set of cells of one dimension: a bit for each, as many as the dimension has. */
export type Cells = bigint;

/** Bits of one digit of {@link digitsOf}. */
const DIGIT = 5;

/** The set of one cell. */
export function cell(at: number): Cells {
  return 1n << BigInt(at);
}

export function allCells(count: number): Cells {
  return cell(count) - 1n;
}

export function cellsWhere<Value>(
  values: readonly Value[],
  holds: (value: Value) => boolean,
): Cells {
  let found = 0n;
  values.forEach((value, at) => {
    if (holds(value)) found |= cell(at);
  });
  return found;
}

/** What stands in the cells of a set. */
export function valuesIn<Value>(values: readonly Value[], cells: Cells): Value[] {
  const bits = cells.toString(2);
  return values.filter((_, at) => bits[bits.length - 1 - at] === '1');
}

/** The first cell of a set that is not empty. */
export function firstCell(cells: Cells): number {
  const digits = digitsOf(cells & -cells);
  return (digits.length - 1) * DIGIT + 31 - Math.clz32(parseInt(digits[0] ?? '', 2 ** DIGIT));
}

export function isOneCell(cells: Cells): boolean {
  return cells !== 0n && (cells & (cells - 1n)) === 0n;
}

export function countCells(cells: Cells): number {
  if (isOneCell(cells)) return 1;
  let count = 0;
  for (const digit of digitsOf(cells)) {
    for (let rest = parseInt(digit, 2 ** DIGIT); rest > 0; rest &= rest - 1) count++;
  }
  return count;
}

/** A text for each set. Decimal digits would take time that is the square of the number of cells. */
export function digitsOf(cells: Cells): string {
  return cells.toString(2 ** DIGIT);
}
