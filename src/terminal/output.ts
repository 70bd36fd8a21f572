import { fstatSync, writeSync } from 'node:fs';

import { ProblemError } from '../text/problem.ts';
import { lengthOf, printable, withStyle, type Style } from './style.ts';

export type Output = 'stdout' | 'stderr';

const NUMBERS = { stdin: 0, stdout: 1, stderr: 2 } as const;

/** Whether a person is at the other end. Node's module for terminals is loaded only where there may be one. */
function isTerminal(stream: Output | 'stdin'): boolean {
  const number = NUMBERS[stream];
  try {
    return fstatSync(number).isCharacterDevice() && process.getBuiltinModule('tty').isatty(number);
  } catch {
    // It is closed.
    return false;
  }
}

/** Whether a person can be asked. */
export function isInteractive(): boolean {
  return isTerminal('stdout') && isTerminal('stdin');
}

/** Whether a person sees what is printed there, so that a line may be replaced by the next. */
export function isSeen(output: Output): boolean {
  return isTerminal(output) && process.env['TERM'] !== 'dumb';
}

/**
 * Prints text: every character that a terminal would obey or hide is written out first, wherever the text comes from.
 */
export function printTo(output: Output, text: string): void {
  write(output, printable(text));
}

/** Characters that are gathered before they are printed: a call for each piece would take longer than the piece. */
const GATHERED = 65_536;

/** {@link printTo} of a text in pieces, so that a long report is never one text in memory. */
export function printPieces(output: Output, pieces: Iterable<string>): void {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < GATHERED) continue;
    printTo(output, text);
    text = '';
  }
  printTo(output, text);
}

/** Replaces the last line of standard error, which says what is waited for; an empty text clears it. */
export function printStatus(text: string): void {
  write('stderr', `\r\u001b[K${printable(text)}`);
}

/** Node's streams, which take a tenth of a whole run to load, are used for terminals only: Windows' consoles need them. */
function write(output: Output, text: string): void {
  if (failed.has(output)) return;
  try {
    if (isTerminal(output)) process[output].write(text);
    else writeWhole(NUMBERS[output], Buffer.from(text));
  } catch (error) {
    failed.add(output);
    // There is no other place to report it.
    if (output === 'stderr') return;
    throw new ProblemError([
      {
        where: 'standard output',
        what: `the result could not be written: ${error instanceof Error ? error.message : String(error)}`,
        fix: 'What the command did is done; send its output to a place that can hold it',
      },
    ]);
  }
}

/** Outputs that could not be written once, which are left alone from then on. */
const failed = new Set<Output>();

function writeWhole(number: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(number, bytes, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // The reader has had enough, as `head` has.
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      pause();
    }
  }
}

/** Some ms, for a reader that is slower than this program. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

/** The width to fill with text. @param otherwise the width where nobody sees it */
export function columnsOf(output: Output, otherwise = 80): number {
  return (isTerminal(output) && process[output].columns) || otherwise;
}

/** Text in lines, broken between words; a word that is longer than a line is kept whole. */
export function linesOf(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || lengthOf(last) + 1 + lengthOf(word) > width)
      lines.push(indent + word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** What a person reads, with lines no longer than the terminal is wide; for anything else, lines as they are. */
export function fitted(text: string, output: Output = 'stdout'): string {
  return isShown(output) ? inWidth(text, columnsOf(output)) : text;
}

/** Text with long lines broken between words: the rest of a line is below its last column, or further to the right. */
export function inWidth(text: string, width: number): string {
  const fit = (line: string) => {
    if (lengthOf(line) <= width) return line;
    const [margin = ''] = /^ */.exec(line) ?? [];
    const [columns = ''] = /^.* {2,}(?=\S)/.exec(line) ?? [];
    const isNarrow = columns.trim() === '' || lengthOf(columns) > width / 2;
    const lead = isNarrow ? margin : columns;
    const indent = ' '.repeat(isNarrow ? margin.length + 2 : lengthOf(columns));
    const lines = linesOf(line.slice(lead.length), width, indent).map((one) => one.trimEnd());
    return lines.join('\n').replace(indent, () => lead);
  };
  return text.split('\n').map(fit).join('\n');
}

/** Which outputs are terminals: a long report asks for each of its words. */
const shown = new Map<Output, boolean>();

function isShown(output: Output): boolean {
  let known = shown.get(output);
  if (known === undefined) shown.set(output, (known = isTerminal(output)));
  return known;
}

/** Colors text where a person sees it and NO_COLOR is not set. @see https://no-color.org */
export function styled(output: Output, style: Style, text: string): string {
  return isShown(output) && !process.env['NO_COLOR'] ? withStyle(style, text) : text;
}
