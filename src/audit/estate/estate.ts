import type { UnreadableItem } from '../../access/role-context.ts';
import type { AccountVisit } from '../live/live-account.ts';
import type { EstateProvider } from './providers.ts';
import type { EstateRole } from './estate-role.ts';

/** Everything that an audit looks at. */
export interface AuditedEstate {
  readonly inputs: readonly string[];
  /** Roles on which something that an audit looks for depends. */
  readonly roles: readonly EstateRole[];
  /** How many roles each account has, all of them. */
  readonly roleCounts: ReadonlyMap<string, number>;
  /** The names of accounts, as far as the input has them. */
  readonly accountNames: ReadonlyMap<string, string>;
  readonly providers: readonly EstateProvider[];
  /** Accounts whose OIDC providers the input lists. */
  readonly listed: ReadonlySet<string>;
  readonly isGitlab: (issuer: string) => boolean;
  readonly unreadable: readonly UnreadableItem[];
  /** What the reader must know first. */
  readonly notes: readonly string[];
  /** What came of each account that AWS was asked for; absent where it was not asked. */
  readonly visits: readonly AccountVisit[];
}
