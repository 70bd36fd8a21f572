/** How much a GitLab may take of this machine's time and memory. Tests give smaller ones. */
export interface Bounds {
  /** Milliseconds for one answer, from the connection to its last byte. */
  readonly answerTime: number;
  /** Milliseconds before a question is asked again, where GitLab does not say. */
  readonly pause: number;
  /** Seconds that a `Retry-After` is obeyed for. */
  readonly patience: number;
  /** Milliseconds for one question: all its pages, redirects, pauses and tries. */
  readonly questionTime: number;
  /** Milliseconds of waiting for all questions of a run. */
  readonly runTime: number;
  /** Bytes of one answer. */
  readonly answerBytes: number;
  /** Bytes of all answers of a run. */
  readonly runBytes: number;
  /** Pages of one list. */
  readonly pages: number;
  /** Redirects of one answer. */
  readonly redirects: number;
  /** How often one answer is asked for. */
  readonly tries: number;
}

const MEGABYTE = 1024 * 1024;

export const BOUNDS: Bounds = {
  // GitLab itself gives up on most queries of its API within 15 seconds; a person is waiting.
  answerTime: 10_000,
  pause: 500,
  // Longer than this a person would rather come back; GitLab's own limits open again within a minute.
  patience: 30,
  // A thousand pages of branches at a fast instance.
  questionTime: 5 * 60_000,
  // Hundreds of projects refreshed at a slow instance.
  runTime: 30 * 60_000,
  // A full page of 100 projects with all their fields is below 1 MB.
  answerBytes: 8 * MEGABYTE,
  // All pages of the largest lists, twice.
  runBytes: 512 * MEGABYTE,
  // 100,000 branches or tags; no policy can tell more apart, and a person chooses by typing.
  pages: 1000,
  // GitLab redirects a moved project once; a proxy may add a hop.
  redirects: 3,
  // A failure that passes has passed by the third time.
  tries: 3,
};

/** What a run has used up so far. */
export interface Spent {
  /** Milliseconds. */
  time: number;
  bytes: number;
}
