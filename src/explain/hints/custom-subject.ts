import { hasWildcard, type Subject } from '../../iam/subject.ts';
import { subjectHint } from '../hint.ts';

export const customSubject = subjectHint('custom-subject', (expected, actual) => {
  if (hasWildcard(expected.text)) return undefined;
  const wanted = names(expected);
  const given = names(actual);
  // A subject cut short is another mistake.
  if (given.startsWith(wanted) || given === '') return undefined;
  return `the policy expects a subject of ${wanted}, the project's tokens have ${given} (ci_id_token_sub_claim_components)`;
});

function names({ parts }: Subject): string {
  return parts.map(({ name }) => name).join(', ');
}
