import type { Grant } from '../access/grant.ts';
import { hasWildcard } from '../iam/subject.ts';

/** Whether an exact subject leaves out the ref, so that only a project with such a form of subjects can have it. */
export function isShort({ subjectForm }: Grant, text: string): boolean {
  return text !== '' && !hasWildcard(text) && !subjectForm.includes('ref');
}
