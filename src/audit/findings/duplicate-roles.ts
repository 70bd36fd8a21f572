import type { AuditRule } from './rule.ts';
import { listed, onRole } from './sight.ts';
import type { AssessedRole } from '../risk/assess.ts';

export const duplicateRoles: AuditRule = {
  id: 'AUD005',
  name: 'duplicate-roles',
  severity: 'warning',
  summary: 'Roles of one account with the same trust and the same permissions',
  why: 'A change is made to one of them and forgotten in the other, which keeps the wider access.',
  fix: 'Keep one of them, and let its jobs use it',
  check: ({ gitlab }) => {
    const groups = new Map<string, AssessedRole[]>();
    for (const one of gitlab) {
      const { likeness } = one.role.gitlab ?? {};
      if (likeness === undefined) continue;
      const key = `${one.role.key.account} ${likeness}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups.values()].flatMap((group) => {
      const names = group.map(({ role }) => role.key.name).sort();
      const first = group.find(({ role }) => role.key.name === names[0]);
      if (!first || group.length < 2) return [];
      const others = names.slice(1);
      const verb = others.length === 1 ? 'has' : 'have';
      const message = `${listed(others)} ${verb} the same trust and the same permissions`;
      return [onRole(first.role, 'role', message, names)];
    });
  },
};
