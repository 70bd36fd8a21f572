import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './program.ts';

let lines: readonly string[] | undefined;

/**
 * A template from the file beside the program, which holds one a line. The build puts them there: inside the program, Node
 * would read each of them at every start, and each that is used once more.
 */
export function stored(line: number): Program {
  lines ??= readFileSync(join(import.meta.dirname, 'templates.txt'), 'utf8').split('\n');
  return JSON.parse(lines[line] ?? '') as Program;
}
