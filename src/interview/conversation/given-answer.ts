/** What a person can answer: a text or choice, yes or no, or several choices. */
export type Answer = string | boolean | readonly string[];

/** An answer with the question that it belongs to. */
export interface GivenAnswer {
  readonly flag: string;
  readonly question: string;
  readonly answer: Answer;
}

export function isList(answer: Answer): answer is readonly string[] {
  return typeof answer === 'object';
}
