import type { Path } from '../path.ts';

/** One change of what an answers file says. */
export type Change =
  /** Puts a value at the end of a list; makes the list where there is none. */
  | { readonly append: unknown; readonly to: Path }
  /** Gives an answer that was left out, or another in place of a single word or number. */
  | { readonly set: unknown; readonly at: Path }
  /** Takes an item out of a list, and a list or mapping that would be empty with it. */
  | { readonly remove: Path };
