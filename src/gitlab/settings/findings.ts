import type { Setting } from './setting.ts';

/** What came up while GitLab was asked, to be shown at the end. */
export interface Findings {
  /** What nobody could check, in words. */
  readonly unchecked: Set<string>;
  /** What must be set in GitLab for the answers to work as meant, by the words for it. */
  readonly toSet: Map<string, Setting>;
}

export function noFindings(): Findings {
  return { unchecked: new Set(), toSet: new Map() };
}
