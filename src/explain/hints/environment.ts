import { componentOf } from '../../iam/subject.ts';
import { subjectHint } from '../hint.ts';

export const environment = subjectHint('environment', (expected) =>
  componentOf(expected, 'environment') === undefined
    ? undefined
    : 'the policy names an environment, which GitLab never writes into the subject',
);
