import { visible } from '../text/unprintable.ts';
import { fitted, printTo } from './output.ts';

/** Prints what a person should know of the result, each note on a line of its own; standard output may be JSON. */
export function printNotes(notes: readonly string[] = []): void {
  for (const note of notes) printTo('stderr', `${fitted(visible(note), 'stderr')}\n`);
}
