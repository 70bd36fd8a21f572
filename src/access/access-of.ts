import { type Grant, grantsOf } from './grant.ts';
import { canBeGitlab } from './provider.ts';
import { allows, boundReason, type Reason, subjectOf } from './questions.ts';
import { allowedBy } from './tokens/region.ts';
import type { Given } from './tokens/request-dimensions.ts';
import { spaceOf } from './tokens/space.ts';
import { providersOf, readTrust, type Trust } from './trust.ts';

/** Who may assume a role with a GitLab token. What the role may do is for the caller to add. */
export interface RoleAccess {
  readonly grants: readonly Grant[];
  /** Why there may be more, or less, than the grants say. */
  readonly undetermined: readonly Reason[];
}

/**
 * Who may assume a role: the grants hold all tokens that the policy admits and no other, but for what cannot be
 * determined.
 *
 * @param isGitlab whether an issuer is a GitLab; tokens of another issuer are not covered
 * @param since ISO 8601, where only requests from then on count
 */
export function accessOf(
  trust: Trust,
  isGitlab: (issuer: string) => boolean = () => true,
  given: Given = {},
  since?: string,
): RoleAccess {
  const read = readTrust(trust);
  const grants: Grant[] = [];
  const undetermined: Reason[] = [];
  for (const provider of providersOf([trust])) {
    if (!isGitlab(provider.issuer)) {
      undetermined.push({ kind: 'other-issuer', issuer: provider.issuer });
      continue;
    }
    if (!canBeGitlab(provider)) continue;
    try {
      const space = spaceOf(provider, [read], given, since);
      for (const { statement, boxes } of allowedBy(space, 0)) {
        const found = boxes.flatMap((box) => grantsOf(space, box, statement.source.index));
        for (const grant of found) {
          const { witness } = grant;
          if (witness.unread.length > 0 || allows(read, witness, space)) grants.push(grant);
          else undetermined.push({ kind: 'contradiction', subject: subjectOf(witness) });
        }
        const conditions = [...new Set(found.flatMap(({ witness }) => witness.unread))];
        if (conditions.length > 0) undetermined.push({ kind: 'unread-condition', conditions });
      }
    } catch (error) {
      undetermined.push(boundReason(error));
    }
  }
  return { grants, undetermined };
}
