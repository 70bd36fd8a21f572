/** How much time and memory the requests to a GitLab may use. */
export interface Bounds {
  /** Milliseconds for one answer, from the connection to its last byte. */
  readonly answerTime: number;
  /** Milliseconds before a retry, where GitLab names no delay. */
  readonly pause: number;
  /** The longest `Retry-After` to follow, in seconds. */
  readonly patience: number;
  /** Milliseconds for one request, with all its pages, redirects, pauses and tries. */
  readonly questionTime: number;
  /** Milliseconds for all requests of a run. */
  readonly runTime: number;
  /** Bytes of one answer. */
  readonly answerBytes: number;
  /** Bytes of all answers of a run. */
  readonly runBytes: number;
  /** Pages of one list. */
  readonly pages: number;
  /** Redirects of one answer. */
  readonly redirects: number;
  /** How often one request is tried. */
  readonly tries: number;
}

const MEGABYTE = 1024 * 1024;

export const BOUNDS: Bounds = {
  // GitLab itself ends most API queries within 15 seconds, and a person is waiting.
  answerTime: 10_000,
  pause: 500,
  // A person does not wait longer than this. GitLab's own limits reset within a minute.
  patience: 30,
  // A thousand pages of branches at a fast instance.
  questionTime: 5 * 60_000,
  // Hundreds of projects refreshed at a slow instance.
  runTime: 30 * 60_000,
  // A full page of 100 projects with all their fields is below 1 MB.
  answerBytes: 8 * MEGABYTE,
  // All pages of the largest lists, twice.
  runBytes: 512 * MEGABYTE,
  // 100,000 branches or tags. A person finds one among so many by typing.
  pages: 1000,
  // GitLab redirects a moved project once; a proxy may add a hop.
  redirects: 3,
  // A temporary failure is usually over by the third try.
  tries: 3,
};

/** What a run has used up so far. */
export interface Spent {
  /** Milliseconds. */
  time: number;
  bytes: number;
}
