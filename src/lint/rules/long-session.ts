import { QUOTAS } from '../../iam/quotas.ts';
import type { RoleRule } from '../rule.ts';

export const longSession: RoleRule = {
  id: 'OIDC110',
  name: 'long-session',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Sessions of more than one hour',
  why: 'Credentials remain valid after the job has ended, and cannot be revoked one by one. SDKs that hold the token sign in again by themselves.',
  example: "Credentials that leak in a job's log work for 12 hours.",
  fix: 'Keep max_session_duration at 3600',
  isAboutRole: true,
  check: ({ context: { maxSessionDuration: most } }) =>
    most !== undefined && most > QUOTAS.sessionMin && most <= QUOTAS.sessionMax
      ? [{ path: 'maxSessionDuration', message: `sessions of ${most} seconds` }]
      : [],
};
