import type { AssessedRole } from '../risk/assess.ts';
import type { AuditRule } from './rule.ts';
import { onRole } from './sight.ts';

/** Exposure times power from which a role is too wide, and from which that is an error. */
const TOO_WIDE = 8;
const FAR_TOO_WIDE = 12;

const EXPOSED = [
  'nobody',
  'named refs',
  'any matching ref of a project',
  'a whole group',
  'anyone with a project on the instance',
] as const;

const POWERFUL = [
  'may do nothing that is known',
  'may use what its policies name',
  'may read all data of a service, or change what a pattern matches',
  'may read all secrets, or change all resources of a service',
  'is an administrator, or can become one',
] as const;

export const tooWide: AuditRule = {
  id: 'AUD001',
  name: 'too-wide',
  severity: 'warning',
  summary: 'A trust that is too wide for what the role may do',
  why: 'The more a role may do, the fewer people should be able to use it in a job.',
  fix: 'Trust named projects and protected refs only, or give the role less: docs/audit.md has the scale',
  check: ({ gitlab }) =>
    gitlab.flatMap((assessed) => {
      const { role, exposure, sure, possible } = assessed;
      if (exposure * possible < TOO_WIDE) return [];
      const isSure = exposure * sure >= TOO_WIDE;
      const power = isSure ? sure : possible;
      const severity = !isSure
        ? 'undetermined'
        : exposure * sure >= FAR_TOO_WIDE
          ? 'error'
          : 'warning';
      return [
        { ...onRole(role, 'trust', messageOf(assessed, power), [exposure, power]), severity },
      ];
    }),
};

function messageOf({ exposure }: AssessedRole, power: AssessedRole['sure']): string {
  return `${EXPOSED[exposure]} may assume a role that ${POWERFUL[power]} (exposure ${exposure} × power ${power})`;
}
