import type { Changes } from '../../support/builders/drafts.ts';

/** Answers that are refused, and the one problem that is reported. */
export interface BadAnswers {
  readonly name: string;
  /** What differs from valid answers. */
  readonly answers: Changes;
  /** The answer that is named; the first of the changes where left out. */
  readonly where?: string;
  readonly what: string | RegExp;
}
