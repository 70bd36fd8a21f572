import type { Gitlab } from '../../gitlab/api/gitlab.ts';
import type { RefType } from '../../gitlab/ref.ts';
import { noFindings, type Findings } from '../../gitlab/settings/findings.ts';
import type { Change } from '../edit/change.ts';
import type { Answers } from '../schema.ts';
import { refreshGroup } from './group.ts';
import { refreshProject } from './project.ts';
import { protectionNotes } from './protection.ts';

/** What GitLab says of answers, now. */
export interface Refreshed {
  /** What follows for the answers file, to be made one after the other. */
  readonly changes: readonly Change[];
  /** What a person should know of it, a line each. */
  readonly notes: readonly string[];
  readonly findings: Findings;
}

/**
 * Asks GitLab again about the projects and groups of answers: where they are now, their ids, the form of their subjects,
 * and what protects the branches and tags.
 *
 * @throws {GitlabFault} where GitLab cannot be asked
 */
export async function refresh(answers: Answers, gitlab: Gitlab): Promise<Refreshed> {
  const findings = noFindings();
  const changes: Change[] = [];
  const notes = new Set<string>();
  const project = once((of: number | string) => gitlab.project(of));
  const group = once((of: number | string) => gitlab.group(of));
  const protections = once((id: number, type: RefType) => gitlab.protections(id, type));
  for (const [r, role] of answers.roles.entries()) {
    for (const [p, given] of (role.projects ?? []).entries()) {
      const at = ['roles', r, 'projects', p];
      const found = await project(given.id ?? given.path);
      const outcome = refreshProject({ given, found, at, role, answers, findings });
      changes.push(...outcome.changes);
      for (const note of outcome.notes) notes.add(note);
      if (!found) continue;
      for (const note of await protectionNotes(role, found, protections, findings)) notes.add(note);
    }
    for (const [g, given] of (role.groups ?? []).entries()) {
      const found = await group(given.namespace_id ?? given.path);
      const outcome = refreshGroup(given, found, ['roles', r, 'groups', g]);
      changes.push(...outcome.changes);
      for (const note of outcome.notes) notes.add(note);
    }
  }
  return { changes, notes: [...notes], findings };
}

/** Roles share projects and groups, and each question is put to GitLab once. */
function once<Of extends readonly (number | string)[], Answer>(
  ask: (...of: Of) => Promise<Answer>,
): (...of: Of) => Promise<Answer> {
  const asked = new Map<string, Promise<Answer>>();
  return (...of) => {
    const key = of.join(' ');
    const answer = asked.get(key) ?? ask(...of);
    asked.set(key, answer);
    return answer;
  };
}
