import { componentOf, refReach } from '../../iam/subject.ts';
import { subjectHint } from '../hint.ts';

export const unknownRefType = subjectHint('unknown-ref-type', (expected) =>
  refReach(expected).types.length > 0
    ? undefined
    : `GitLab has no ref_type "${componentOf(expected, 'ref_type') ?? ''}": a merge request comes as ` +
      'ref_type:branch with its source branch',
);
