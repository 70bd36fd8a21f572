import type { Facts } from './facts/facts.ts';
import type { Outcome } from './outcome.ts';

/** Examines one thing that a sign-in needs. */
export interface Check {
  /** `DOC001` …, unique and stable; an id is never used again. */
  readonly id: string;
  readonly name: string;
  /** What it examines: a cell of `docs/doctor.md`, in Markdown. */
  readonly about: string;
  /** The input without which its result is unknown, in Markdown. */
  readonly needs: string;
  readonly examine: (facts: Facts) => Outcome | Promise<Outcome>;
}
