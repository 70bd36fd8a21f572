import type { Comparison, Totals } from '../../compare/compare-inventories.ts';

/** What `compare` has to say. */
export interface ComparisonResult {
  readonly comparison: Comparison;
  readonly totals: Totals;
  /** The inputs, as the user named them. */
  readonly before: string;
  readonly after: string;
}
