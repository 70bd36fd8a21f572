import { componentOf } from '../../iam/subject.ts';
import { subjectHint } from '../hint.ts';
import { sameProject } from '../same-project.ts';

export const otherRefType = subjectHint('other-ref-type', (expected, actual) => {
  const wanted = componentOf(expected, 'ref_type');
  const given = componentOf(actual, 'ref_type');
  if (wanted === undefined || given === undefined || wanted === given) return undefined;
  if (wanted.includes('*') || !sameProject(expected, actual)) return undefined;
  return `the policy names a ${wanted}, the token a ${given}`;
});
