/** What is counted against a bound. */
export type Counted =
  'subject forms' | 'readings of a subject' | 'states of a claim' | 'combinations';

/** More combinations than the bound: the question is left open, never guessed. */
export class TooMany extends Error {
  constructor(
    readonly counted: Counted,
    readonly bound: number,
  ) {
    super(`more than ${bound} ${counted}`);
  }
}
