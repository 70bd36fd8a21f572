/** The exact change that makes a check hold. */
export interface Fix {
  /** Where it is made: the answers file, a setting in GitLab, the CI file, AWS, or the shell of the job. */
  readonly place: 'answers' | 'gitlab' | 'ci' | 'aws' | 'shell';
  /** What it does, as a sentence. */
  readonly text: string;
  /** The lines to write there, or the commands to run. */
  readonly change?: string;
}

/** What came of one check. */
export type Outcome =
  | { readonly status: 'ok'; readonly text: string }
  /** The cause is a sentence without its full stop; of several fixes, any one will do. */
  | { readonly status: 'failed'; readonly cause: string; readonly fixes: readonly Fix[] }
  | { readonly status: 'unknown'; readonly why: string };

export function ok(text: string): Outcome {
  return { status: 'ok', text };
}

export function failed(cause: string, ...fixes: readonly Fix[]): Outcome {
  return { status: 'failed', cause, fixes };
}

export function unknown(why: string): Outcome {
  return { status: 'unknown', why };
}
