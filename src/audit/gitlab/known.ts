import type { GrantTerms } from '../../access/grant.ts';
import type { Ref } from '../../gitlab/ref.ts';
import type { TrustedSubject } from './subject.ts';

/** What GitLab says of a project or group that a trust names. */
export interface SubjectFacts {
  readonly subject: TrustedSubject;
  readonly standing: SubjectStanding;
  /** Its top-level path, where nobody has that now, so that anyone may take it. */
  readonly claimable?: string;
  /** By {@link keyOfRef}; absent where GitLab did not say. */
  readonly refs: ReadonlyMap<string, RefFacts>;
}

/** Whether what a trust names is what GitLab has there. */
export type SubjectStanding =
  | { readonly is: 'here'; readonly now: FoundPlace }
  /** Its path is another one now: the old one redirects, until somebody takes it. */
  | { readonly is: 'moved'; readonly now: FoundPlace }
  /** The path is that of a project whose id the trust does not name. */
  | { readonly is: 'reclaimed'; readonly by: number }
  /** `isSure` where the token would see it; otherwise it may be hidden from the token. */
  | { readonly is: 'gone'; readonly isSure: boolean }
  | { readonly is: 'unknown' };

/** A project or group as it is now. */
export interface FoundPlace {
  readonly id: number;
  readonly path: string;
  readonly visibility: string | undefined;
  readonly deletion: string | undefined;
  /** Of a project. */
  readonly archived?: boolean;
  /** Of a group. */
  readonly takesRequests?: boolean | undefined;
}

export interface RefFacts {
  readonly ref: Ref;
  /** `undefined` for a pattern, and for a tag, which is made when it is needed. */
  readonly exists: boolean | undefined;
  readonly isProtected: boolean;
}

/** What was learned from one GitLab. */
export interface KnownGitlab {
  readonly host: string;
  /** Of its tokens, without `https://`: only grants of this issuer are looked at. */
  readonly issuer: string;
  readonly of: (grant: GrantTerms) => readonly SubjectFacts[];
  /** What GitLab could not be asked, a line each. */
  readonly unanswered: readonly string[];
}
