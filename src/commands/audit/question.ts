import type { AuditReport, RoleNode, SourceNode } from '../../audit/report.ts';
import { like } from '../../iam/evaluate/wildcard.ts';
import { nearest } from '../../text/nearest.ts';
import { shown } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';

/** What the user wants to see of a report. */
export type AuditQuestion =
  | { readonly kind: 'role'; readonly role: RoleNode }
  | { readonly kind: 'project'; readonly name: string; readonly sources: readonly SourceNode[] };

/** @throws {ProblemError} for a role that the report does not have, or two questions at once */
export function questionOf(
  report: AuditReport,
  { role, project }: { readonly role: string | undefined; readonly project: string | undefined },
): AuditQuestion | undefined {
  if (role !== undefined && project !== undefined)
    throw new ProblemError([
      {
        where: '--project',
        what: '--role and --project are two questions',
        fix: 'Ask one of them at a time',
      },
    ]);
  if (role !== undefined) return { kind: 'role', role: roleNamed(report, role) };
  if (project === undefined) return undefined;
  const sources = report.sources.filter((one) => includes(one, project));
  return { kind: 'project', name: project, sources };
}

function roleNamed({ roles }: AuditReport, name: string): RoleNode {
  const found = roles.filter((one) => [one.id, one.arn, one.name].includes(name));
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  const near = nearest(
    name,
    roles.map(({ id }) => id),
  );
  throw new ProblemError([
    {
      where: '--role',
      what: only
        ? `${shown(name)} is the name of ${found.length} roles`
        : `${shown(name)} is not a role that trusts a GitLab, or that such a role can become`,
      fix: only
        ? `Give its account too, such as ${only.id}`
        : near === undefined
          ? 'Give account/name or an ARN'
          : `Did you mean ${near}?`,
    },
  ]);
}

/** Whether a source is a project, or the project is one of those that it stands for. */
function includes({ kind, path, ids, exceptPaths }: SourceNode, project: string): boolean {
  if (/^\d+$/.test(project))
    return ids.length === 0 ? kind === 'any' : ids.some((id) => like(id, project));
  if (exceptPaths.some((one) => like(one, project))) return false;
  // A source that is known by its id alone may be this project, and is shown with its id.
  if (path === undefined) return kind === 'any' && ids.length === 0;
  if (kind === 'group') return project === path || project.startsWith(`${path}/`);
  return like(path, project);
}
