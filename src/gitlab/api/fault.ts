import type { Flaw } from '../../text/flaw.ts';

/** Whether it may pass in a moment, is about the token, or about the one thing that was asked for. */
export type FaultKind = 'fleeting' | 'lasting' | 'token' | 'absent' | 'forbidden';

/**
 * GitLab could not be asked: what happened and the way out, in a line. Holds nothing of the request, so neither its
 * text nor its stack can show the token.
 */
export class GitlabFault extends Error {
  override readonly name = 'GitlabFault';

  constructor(
    readonly flaw: Flaw,
    readonly kind: FaultKind = 'lasting',
  ) {
    super(`${flaw.what}. ${flaw.fix}`);
  }
}
