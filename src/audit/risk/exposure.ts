import type { GrantTerms } from '../../access/grant.ts';
import type { KeptGrant } from '../estate/estate-role.ts';
import { isPattern } from '../../gitlab/ref.ts';
import { isOpen, isProtected, widthOf } from '../../lint/width.ts';
import type { PowerCertainty, ExposureLevel } from '../report.ts';

/** How many people can bring a job into a role: docs/audit.md has the levels. */
export function exposureOf(grant: GrantTerms): ExposureLevel {
  if (isOpen(grant)) return 4;
  if (widthOf(grant) === 'group') return 3;
  return isProtected(grant) || !grant.refs.some(({ name }) => isPattern(name)) ? 1 : 2;
}

/** Whether a condition that no token decides must hold in addition. */
export function certaintyOfGrant({ isRead, limits }: KeptGrant): PowerCertainty {
  if (!isRead) return 'undetermined';
  return limits.some(({ on }) => on === 'request') ? 'conditional' : 'allowed';
}
