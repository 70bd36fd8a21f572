import { like } from '../iam/evaluate/wildcard.ts';
import { componentOf, type Subject } from '../iam/subject.ts';

/** Both subjects are of one project, by path or by id. */
export function sameProject(expected: Subject, actual: Subject): boolean {
  return ['project_path', 'project_id'].some((name) => {
    const wanted = componentOf(expected, name);
    const given = componentOf(actual, name);
    return wanted !== undefined && given !== undefined && like(wanted, given);
  });
}
