/** Of so many lines one is remembered: to remember each takes longer than to count them. */
const STRIDE = 32;

/** Turns offsets of a text into line and column. A line ends with LF, CR, or both. Lines are counted as far as somebody asks. */
export class LineNumbers {
  readonly #text: string;
  readonly #hasCr: boolean;
  /** Where the lines begin whose numbers, from 0, are multiples of {@link STRIDE}. */
  readonly #known: number[] = [0];
  /** The line that was asked for last: its number, from 0, and where it begins. */
  #line = 0;
  #start = 0;
  /** Where the line after it begins, if that is known: a dump may be one line, which is not gone through for each role. */
  #next: number | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#hasCr = text.includes('\r');
  }

  /** The line, from 1. */
  of(offset: number): number {
    this.#goTo(offset);
    return this.#line + 1;
  }

  /** The column in its line, from 1, in UTF-16 code units. */
  columnOf(offset: number): number {
    this.#goTo(offset);
    return offset - this.#start + 1;
  }

  #goTo(offset: number): void {
    const before = this.#lastKnown(offset);
    if (this.#start > offset || this.#line < before * STRIDE) {
      this.#line = before * STRIDE;
      this.#start = this.#known[before] ?? 0;
      this.#next = undefined;
    }
    for (let next = this.#next ?? this.#after(this.#start); ; next = this.#after(next)) {
      this.#next = next;
      if (next > offset) return;
      this.#line += 1;
      this.#start = next;
      if (this.#line === this.#known.length * STRIDE) this.#known.push(next);
    }
  }

  #lastKnown(offset: number): number {
    let low = 0;
    let high = this.#known.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.#known[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Where the line after one begins; `Infinity` after the last. */
  #after(start: number): number {
    if (this.#hasCr) {
      ENDING.lastIndex = start;
      return ENDING.test(this.#text) ? ENDING.lastIndex : Infinity;
    }
    return this.#text.indexOf('\n', start) + 1 || Infinity;
  }
}

const ENDING = /\r\n?|\n/g;
