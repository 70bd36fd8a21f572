import { QUOTAS } from '../../iam/quotas.ts';
import type { RoleRule, Sighting } from '../rule.ts';

export const durationOutOfRange: RoleRule = {
  id: 'OIDC019',
  name: 'duration-out-of-range',
  severity: 'error',
  harm: 'rejected',
  summary: "A session duration outside AWS's range",
  why: 'A role allows sessions of 3,600 to 43,200 seconds; a job may request 900 seconds or more, up to what the role allows.',
  example: '`max_session_duration = 1800`: AWS rejects the role.',
  fix: 'Use 3600 for the role unless jobs run longer, and request no more than that',
  isAboutRole: true,
  check: ({ context: { maxSessionDuration: most, durationSeconds: asked } }) => {
    const sightings: Sighting[] = [];
    if (most !== undefined && !isBetween(most, QUOTAS.sessionMin, QUOTAS.sessionMax)) {
      sightings.push({ path: 'maxSessionDuration', message: `${most} is not 3600 to 43200` });
    }
    if (asked !== undefined && !isBetween(asked, QUOTAS.askedSessionMin, QUOTAS.sessionMax)) {
      sightings.push({ path: 'durationSeconds', message: `${asked} is not 900 to 43200` });
    } else if (asked !== undefined && most !== undefined && asked > most) {
      sightings.push({ path: 'durationSeconds', message: `${asked} exceeds the role's ${most}` });
    }
    return sightings;
  },
};

function isBetween(seconds: number, least: number, most: number): boolean {
  return Number.isInteger(seconds) && seconds >= least && seconds <= most;
}
