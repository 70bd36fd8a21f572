import type { OpenEscalation } from '../risk/assess.ts';
import { NO, YES } from '../../access/reach/value.ts';
import type { AuditRule } from './rule.ts';
import { listed, onRole } from './sight.ts';

export const escalation: AuditRule = {
  id: 'AUD002',
  name: 'escalation',
  severity: 'error',
  summary: 'Permissions with which a role can give itself more',
  why: 'A role that can write permissions has them. So has one that can run code as a stronger role.',
  fix: 'Remove one of the actions, name the resources, or put the role under a boundary that excludes them',
  check: ({ gitlab }) =>
    gitlab.flatMap(({ role, escalations }) => {
      // An administrator has nothing left to gain.
      if (role.administrator === YES) return [];
      const leading = escalations.filter((one) => one.leads !== NO || runsAnywhere(one));
      const [first] = leading.toSorted((a, b) => rank(b) - rank(a));
      if (!first) return [];
      const others = leading.length - 1;
      const more = others > 0 ? `, and ${others} more ${others === 1 ? 'path' : 'paths'}` : '';
      const ids = leading.map(({ path }) => path.id);
      return [
        {
          ...onRole(role, 'permissions', `${messageOf(first)}${more}`, ids.sort()),
          severity: severityOf(first),
        },
      ];
    }),
};

/** The surest that leads furthest, then the surest that runs code. */
function rank({ leads, value }: OpenEscalation): number {
  return leads * 10 + value;
}

/** Code that is replaced or run anywhere runs as roles that are not known to be strong, or not to be. */
function runsAnywhere({ path, scope }: OpenEscalation): boolean {
  return path.kind === 'runs' && path.service === undefined && scope === 'every';
}

function severityOf({ leads, value }: OpenEscalation): 'error' | 'warning' | 'undetermined' {
  if (leads === YES) return 'error';
  return leads === NO && value === YES ? 'warning' : 'undetermined';
}

function messageOf({ path, scope, target, onItself, leads }: OpenEscalation): string {
  const actions = listed(path.needs.map(({ action }) => action));
  const on = path.needs[0]?.on ?? 'none';
  const every = `on every ${on === 'none' ? 'resource' : on}`;
  const alone = onItself === NO ? every : 'on the role itself';
  const where = target ? `on the administrator ${target.id}` : scope === 'every' ? every : alone;
  const how = leads === YES || leads === NO ? '' : ', under a condition';
  return `${actions} ${where}${how} (${path.id}, ${path.source})`;
}
