import { componentOf } from '../../iam/subject.ts';
import { subjectHint } from '../hint.ts';

export const fullRef = subjectHint('full-ref', (expected) => {
  const ref = componentOf(expected, 'ref');
  return ref?.startsWith('refs/')
    ? `the policy names the full ref "${ref}", a subject holds the short name`
    : undefined;
});
