import type { Place, RoleKey, UnreadableItem } from '../../access/role-context.ts';
import type { Gated } from '../../lint/gate/gate.ts';
import type { LintReport } from '../../lint/lint.ts';

/** A role's policy with what lint says of it. */
export interface Judged extends LintReport {
  readonly key: RoleKey;
  readonly name: string;
  /** Where its trust policy was read. */
  readonly place: Place;
}

/** Everything that `lint` reports. */
export interface LintResult extends Gated<Judged> {
  readonly unreadable: readonly UnreadableItem[];
  /** Whether the exit code is 0. */
  readonly ok: boolean;
}
