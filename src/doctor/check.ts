import type { Facts } from './facts/facts.ts';
import type { Outcome } from './outcome.ts';

/** Looks at one thing that a sign-in needs. */
export interface Check {
  /** What it looks at, as a person says it. */
  readonly name: string;
  readonly examine: (facts: Facts) => Outcome | Promise<Outcome>;
}
