/** The flags that describe the job in question. */
export interface QuestionFlags {
  readonly project?: string;
  readonly branch?: string;
  readonly tag?: string;
  readonly mr?: boolean;
  readonly protected?: boolean;
  readonly 'project-id'?: string;
  readonly claim?: string[];
  readonly sub?: string;
  readonly aud?: string;
  readonly 'token-file'?: string;
}
