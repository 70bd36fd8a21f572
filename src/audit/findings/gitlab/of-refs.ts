import type { GrantTerms } from '../../../access/grant.ts';
import { nameRef, type RefType } from '../../../gitlab/ref.ts';
import type { SubjectFacts } from '../../gitlab/known.ts';
import { keyOfRef, refsToLookAt } from '../../gitlab/subject.ts';

/** The unprotected refs of a grant that a rule is about, in words: `branch main`. */
export function refsOf(
  { refs }: SubjectFacts,
  grant: GrantTerms,
  type: RefType,
  isGone: boolean,
): readonly { readonly text: string; readonly isProtected: boolean }[] {
  return refsToLookAt(grant).flatMap((ref) => {
    const facts = refs.get(keyOfRef(ref));
    if (facts === undefined || ref.type !== type || (facts.exists === false) !== isGone) return [];
    return [{ text: nameRef(ref), isProtected: facts.isProtected }];
  });
}
