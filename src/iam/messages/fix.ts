/** One change that removes a cause. */
export interface Fix {
  /** Where it is made: the answers file, a setting in GitLab, the CI file, AWS, or the shell of the job. */
  readonly place: 'answers' | 'gitlab' | 'ci' | 'aws' | 'shell';
  /** What to do, in the imperative, without the last full stop. */
  readonly text: string;
  /** The lines to write there, or the commands to run. */
  readonly change?: string;
}

/** The lines of a job that ask GitLab for an ID token. */
export function idTokensLines(audience: string): string {
  return `id_tokens:\n  AWS_ID_TOKEN:\n    aud: ${audience}`;
}
