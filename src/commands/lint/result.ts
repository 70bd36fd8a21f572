import type { Place, RoleKey, UnreadableItem } from '../../access/role-context.ts';
import type { Gated, GatedFinding } from '../../lint/gate/gate.ts';
import type { LintReport } from '../../lint/lint.ts';

/** A role's policy with what lint says of it. */
export interface Judged extends LintReport {
  readonly key: RoleKey;
  readonly name: string;
  /** Where its trust policy was read. */
  readonly place: Place;
  /** Equal for the roles that several accounts get from one text. */
  readonly sharedAs: string | undefined;
}

/** A role with what was decided about its findings. */
export type GatedRole = Gated<Judged>['roles'][number];

/** The accounts that something holds for. */
interface InAccounts {
  /** Ids, or names where these are not known. */
  readonly accounts: readonly string[];
  /** As a person calls them. */
  readonly labels: readonly string[];
}

/** A finding of a role; the accounts are those of the role where they are left out. */
export type LintedFinding = GatedFinding & Partial<InAccounts>;

/** A role as a report lists it: once for all accounts that get it from one text. */
export interface LintedRole
  extends InAccounts, Pick<Judged, 'name' | 'place' | 'grade' | 'judged' | 'reasons'> {
  readonly findings: readonly LintedFinding[];
}

/** Everything that `lint` reports. */
export interface LintResult extends Omit<Gated<Judged>, 'roles'> {
  readonly roles: readonly LintedRole[];
  readonly unreadable: readonly UnreadableItem[];
  /** Whether the exit code is 0. */
  readonly ok: boolean;
}
