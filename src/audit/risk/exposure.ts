import type { Grant } from '../../access/grant.ts';
import { isPattern } from '../../gitlab/ref.ts';
import { isOpen, isProtected, widthOf } from '../../lint/width.ts';
import type { PowerCertainty, ExposureLevel } from '../report.ts';

/** How many people can bring a job into a role: docs/audit.md has the levels. */
export function exposureOf(grant: Grant): ExposureLevel {
  if (isOpen(grant)) return 4;
  if (widthOf(grant) === 'group') return 3;
  return isProtected(grant) || !grant.refs.some(({ name }) => isPattern(name)) ? 1 : 2;
}

/** Whether a condition that no token decides must hold in addition. */
export function certaintyOfGrant({ witness, limits }: Grant): PowerCertainty {
  if (witness.unread.length > 0) return 'undetermined';
  return limits.some(({ on }) => on === 'request') ? 'conditional' : 'allowed';
}
