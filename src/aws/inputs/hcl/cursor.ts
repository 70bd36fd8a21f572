import { SyntaxFault } from './syntax.ts';

/** Expressions that are nested deeper are refused before they exhaust the stack. */
const DEEPEST = 100;

/** A position in HCL text. */
export class Cursor {
  #depth: number;

  /** @param within the cursor of the text that this one is a part of */
  constructor(
    readonly text: string,
    within?: Cursor,
  ) {
    this.#depth = within ? within.#depth : 0;
  }

  at = 0;

  get done(): boolean {
    return this.at >= this.text.length;
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Passes over white space and comments. @param lines whether line ends too */
  skip(lines: boolean): void {
    const pattern = lines
      ? /(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
      : /(?:[^\S\n]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    this.match(pattern);
  }

  /** @param pattern sticky */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  take(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail(`"${text}"`);
  }

  /** What is inside something else. @throws {SyntaxFault} where that is too deep */
  inside<T>(read: () => T): T {
    if (this.#depth >= DEEPEST) this.fail('fewer nested expressions');
    this.#depth += 1;
    const found = read();
    this.#depth -= 1;
    return found;
  }

  fail(expected: string): never {
    throw new SyntaxFault(this.at, expected);
  }
}
