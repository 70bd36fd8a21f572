/** Turns offsets of a text into line and column. A line ends with LF, CR, or both. */
export class LineNumbers {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (const { 0: ending, index } of text.matchAll(/\r\n|[\r\n]/g)) {
      this.#starts.push(index + ending.length);
    }
  }

  /** The line, from 1. */
  of(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** The column in its line, from 1, in UTF-16 code units. */
  columnOf(offset: number): number {
    return offset - (this.#starts[this.of(offset) - 1] ?? 0) + 1;
  }
}
