import type { ProjectReach } from '../subject.ts';
import { projectReach, refReach } from '../subject.ts';
import type { GitlabStatement, GuardedSubject } from './gitlab-statement.ts';
import type { LintSubject, Sighting } from './rule.ts';

/** How far a subject reaches once the statement's ids are pinned. */
export function reachOf(statement: GitlabStatement, { subject }: GuardedSubject): ProjectReach {
  const reach = projectReach(subject);
  if (statement.pinned('project_id').length > 0) return 'project';
  if (statement.pinned('namespace_id').length > 0 && reach !== 'project') return 'group';
  return reach;
}

/** No wildcard reaches out of the group that the subject names: other rules judge the rest. */
export function staysInGroup(statement: GitlabStatement, guarded: GuardedSubject): boolean {
  return ['group', 'project'].includes(reachOf(statement, guarded));
}

/** Only protected refs come in, by key or by the subject itself. */
export function isProtected(statement: GitlabStatement, { subject }: GuardedSubject): boolean {
  const pinned = statement.pinned('ref_protected');
  const byKey = pinned.length > 0 && pinned.every((value) => value === 'true');
  return byKey || refReach(subject).isProtected;
}

/** Looks at each subject that a statement lets in. */
export function sightSubjects(
  { statements }: LintSubject,
  isWrong: (guarded: GuardedSubject, statement: GitlabStatement) => boolean,
  message: (text: string) => string,
): Sighting[] {
  return statements.flatMap((statement) =>
    statement.subjects
      .filter((guarded) => isWrong(guarded, statement))
      .map(({ value }) => ({ path: value.path, message: message(value.text) })),
  );
}
