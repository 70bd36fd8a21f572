import { GitlabFault } from '../../gitlab/api/fault.ts';

/** The answer of GitLab, or in a clause why there is none. */
export type Told<Answer> = { readonly answer: Answer } | { readonly why: string };

/** Questions in a row that GitLab may fail to answer before no more are put to it. */
const MOST_FAILURES = 5;

/**
 * Puts each question to GitLab once. A question that fails has a reason in place of an answer, and where nothing is answered
 * any more, the rest is not asked.
 */
export class Questions {
  readonly #asked = new Map<string, Promise<Told<unknown>>>();
  #failures = 0;
  #stopped: string | undefined;

  ask<Answer>(
    about: readonly (string | number)[],
    question: () => Promise<Answer>,
  ): Promise<Told<Answer>> {
    const key = JSON.stringify(about);
    const asked = this.#asked.get(key) ?? this.#put(question);
    this.#asked.set(key, asked);
    // The key names the question, and with it the type of its answer.
    return asked as Promise<Told<Answer>>;
  }

  async #put<Answer>(question: () => Promise<Answer>): Promise<Told<Answer>> {
    if (this.#stopped !== undefined) return { why: this.#stopped };
    try {
      const answer = await question();
      this.#failures = 0;
      return { answer };
    } catch (error) {
      if (!(error instanceof GitlabFault)) throw error;
      const { what } = error.flaw;
      const isAnswer = error.kind === 'absent' || error.kind === 'forbidden';
      this.#failures = isAnswer ? 0 : this.#failures + 1;
      if (error.kind === 'token' || this.#failures >= MOST_FAILURES) this.#stopped ??= what;
      return { why: what };
    }
  }
}
