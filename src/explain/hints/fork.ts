import { componentOf } from '../../iam/subject.ts';
import { subjectHint } from '../hint.ts';

export const fork = subjectHint('fork', (expected, actual) => {
  const wanted = componentOf(expected, 'project_path');
  const given = componentOf(actual, 'project_path');
  if (wanted === undefined || given === undefined || wanted === given) return undefined;
  const name = wanted.split('/').at(-1);
  return name === given.split('/').at(-1) && name !== '' && !name?.includes('*')
    ? `"${given}" has the name of "${wanted}" under another group: a fork's pipeline has the fork's path`
    : undefined;
});
