import type { AuditRule } from './rule.ts';
import { onRole } from './sight.ts';

export const deadTrust: AuditRule = {
  id: 'AUD004',
  name: 'dead-trust',
  severity: 'warning',
  summary: 'A trust policy that no token of the instance meets',
  why: 'Nobody can use the role. Somebody who repairs the policy later opens what has not been reviewed for a long time.',
  fix: 'Remove the role, or correct its trust policy: lint says what is wrong with it',
  check: ({ gitlab }) =>
    gitlab.flatMap(({ role }) => {
      if (!role.gitlab) return [];
      const { grants, undetermined, findings } = role.gitlab;
      if (grants.length + undetermined.length > 0) return [];
      const reason = findings.find(({ harm }) => harm === 'locks-out');
      const because = reason === undefined ? '' : `: ${reason.message}`;
      return [onRole(role, 'trust', `no token can meet the trust policy${because}`, 'dead')];
    }),
};
