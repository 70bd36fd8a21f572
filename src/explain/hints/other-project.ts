import { componentOf } from '../../iam/subject.ts';
import { subjectHint } from '../hint.ts';
import { sameProject } from '../same-project.ts';

export const otherProject = subjectHint('other-project', (expected, actual) => {
  if (sameProject(expected, actual)) return undefined;
  for (const name of ['project_path', 'project_id']) {
    const wanted = componentOf(expected, name);
    const given = componentOf(actual, name);
    if (wanted !== undefined && given !== undefined) {
      return `the policy names the project "${wanted}", the token "${given}"`;
    }
  }
  return undefined;
});
