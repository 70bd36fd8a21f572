import type { causesOf } from '../../doctor/causes.ts';
import type { CheckResult } from '../../doctor/diagnose.ts';
import type { ToSet } from '../../doctor/fixes/settings-to-make.ts';

/** What `doctor` reports. */
export interface Report {
  /** Claims that were assumed because they were not given. */
  readonly assumed: readonly string[];
  readonly causes: ReturnType<typeof causesOf>;
  readonly checks: readonly CheckResult[];
  /** What must be set in GitLab, where no token shows that it is. */
  readonly settings: readonly ToSet[];
}
