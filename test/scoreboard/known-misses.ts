import type { JobDecision } from '../../src/access/job.ts';
import type { Due } from './policies.ts';

/** What the program says of a policy where that is not the verdict. What is left out is as the verdict has it. */
export interface Miss {
  readonly id: string;
  readonly class?: Due | 'cannot say';
  readonly allowed?: JobDecision['decision'];
  readonly denied?: JobDecision['decision'];
  /** The grants are not those of the verdict. */
  readonly who?: 'differs';
  readonly why: string;
}

const VARIABLE = 'a variable that the request fills is not followed: the program says so (OIDC201)';
const REJECTED =
  'lint reports that AWS rejects it; explain answers as if the document could be there';

const UNREAD =
  "a document outside of IAM's grammar is not read: lint and explain report what is wrong with it, and say no more";

/** Each must still be missed, or the test fails: then its line goes. */
export const KNOWN_MISSES: readonly Miss[] = [
  { id: 'user-is-path', class: 'cannot say', who: 'differs', why: VARIABLE },
  { id: 'session-name-as-ref', class: 'cannot say', who: 'differs', why: VARIABLE },
  { id: 'session-name-of-user', class: 'cannot say', who: 'differs', why: VARIABLE },
  { id: 'own-with-port', denied: 'allowed', who: 'differs', why: REJECTED },
  { id: 'unwritable-character', who: 'differs', why: REJECTED },
  { id: 'sid-with-space', who: 'differs', why: REJECTED },
  { id: 'not-principal', who: 'differs', why: REJECTED },
  { id: 'sid-twice', denied: 'allowed', who: 'differs', why: REJECTED },
  { id: 'action-of-s3', denied: 'allowed', who: 'differs', why: REJECTED },
  { id: 'deny-notprincipal', denied: 'allowed', who: 'differs', why: REJECTED },
  ...[
    'unknown-operator',
    'set-operator-misspelled',
    'effect-lower-case',
    'resource',
    'version-misspelled',
    'no-statements',
    'principal-empty',
    'null-value',
    'object-value',
  ].map((id): Miss => ({ id, denied: 'undetermined', who: 'differs', why: UNREAD })),
  {
    id: 'unknown-issuer',
    who: 'differs',
    why: 'lint reports it; explain covers only the issuers that are known to be GitLabs',
  },
  {
    id: 'equals-list-and-like-narrow',
    class: 'fine',
    why: 'lint does not report a value that another operator on the same key shuts out, where others of its list remain',
  },
  {
    id: 'provider-trailing-dot',
    class: 'too wide',
    who: 'differs',
    why: 'a host with a dot at its end is read as another GitLab',
  },
  {
    id: 'misspelled-global-key',
    class: 'cannot say',
    denied: 'undetermined',
    who: 'differs',
    why: 'lint reports the key, but one that AWS does not document may be a new one, so explain says "allowed if"',
  },
  {
    id: 'expired',
    class: 'fine',
    who: 'differs',
    why: 'the time is unknown to the program, so it says "allowed if"',
  },
];
