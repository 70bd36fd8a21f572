import type { AuditRule } from '../rule.ts';
import { nameOf, perSubject } from './per-subject.ts';

/** Who sees a group by its visibility, and may ask to become a member. */
const WHO: Readonly<Record<string, string>> = {
  public: 'anyone',
  internal: 'every user of the instance',
};

/** @see https://docs.gitlab.com/user/group/#prevent-access-requests-to-a-group */
export const joinableGroup: AuditRule = {
  id: 'AUD021',
  name: 'joinable-group',
  severity: 'warning',
  summary: 'A trust in all projects of a group that outsiders may ask to join',
  why: 'One approval by an owner is between a stranger and the role: a Developer may create a project in most groups.',
  fix: 'Trust named projects, or turn off access requests to the group',
  check: perSubject(({ subject, standing }, _grant, { host }) => {
    if (subject.kind !== 'group' || !('now' in standing)) return [];
    const { visibility, takesRequests } = standing.now;
    const who = WHO[visibility ?? ''];
    if (who === undefined || takesRequests !== true) return [];
    const message = `${nameOf(subject)} is ${visibility ?? ''}, and ${who} at ${host} may ask to join it`;
    return [{ message, about: visibility }];
  }),
};
