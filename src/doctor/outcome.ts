import type { Fix } from '../iam/messages/fix.ts';

/** What a check found. */
export type Outcome =
  | { readonly status: 'ok'; readonly text: string }
  /** The cause is a sentence without its full stop; of several fixes, any one is enough. */
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
