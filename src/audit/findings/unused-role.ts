import type { AuditRule } from './rule.ts';
import { onRole } from './sight.ts';

const DAY = 24 * 60 * 60 * 1000;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html: AWS remembers 400 days. */
export const unusedRole: AuditRule = {
  id: 'AUD006',
  name: 'unused-role',
  severity: 'warning',
  summary: 'A role that was not used for a long time, or never',
  why: 'Access that nobody needs is a risk without a benefit, and nobody notices when it is misused.',
  fix: 'Remove the role, or accept the finding with a reason until a date',
  check: ({ gitlab }, { today, unusedDays }) =>
    gitlab.flatMap(({ role }) => {
      const { lastUsed, created } = role.gitlab ?? {};
      if (lastUsed === undefined) return [];
      const since = lastUsed ?? created;
      const days = since === undefined ? Infinity : daysBetween(since, today);
      if (days < unusedDays) return [];
      const message =
        lastUsed === null
          ? `it was never used${created === undefined ? '' : ` since it was made on ${dayOf(created)}`}`
          : `it was last used on ${dayOf(lastUsed)}, more than ${unusedDays} days ago`;
      return [onRole(role, 'lastUsed', message, lastUsed === null ? 'never' : 'long ago')];
    }),
};

function dayOf(date: string): string {
  return date.slice(0, '2027-01-31'.length);
}

/** Infinite for a date that cannot be read. */
function daysBetween(from: string, to: string): number {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(from)) / DAY;
  return Number.isNaN(days) ? Infinity : days;
}
