import { componentOf } from '../../iam/subject.ts';
import { subjectHint } from '../hint.ts';

export const pathForm = subjectHint('path-form', (expected, actual) => {
  const wanted = componentOf(expected, 'project_path');
  const given = componentOf(actual, 'project_path');
  if (wanted === undefined || given === undefined) return undefined;
  if (wanted.replace(/^\/+|\/+$/g, '') === given && wanted !== given) {
    return `the policy writes the project as "${wanted}", with a slash too many`;
  }
  if (wanted.replace(/\.git$/, '') === given && wanted !== given) {
    return `the policy writes the project as "${wanted}", with .git`;
  }
  if (!wanted.includes('/') && given.endsWith(`/${wanted}`)) {
    return `the policy names "${wanted}" without its group`;
  }
  return undefined;
});
