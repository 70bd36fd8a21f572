import type { Flaw } from './flaw.ts';

/** Something wrong in what a person gave: where it is, what it is, and the way out. */
export interface Problem extends Flaw {
  /** The answer (`roles[0].name`), flag, file or template that holds it. */
  readonly where: string;
}

/** Carries problems to the edge, which prints them and exits 2. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ where, what, fix }) => `${where}: ${what}. ${fix}`).join('\n'));
  }
}
