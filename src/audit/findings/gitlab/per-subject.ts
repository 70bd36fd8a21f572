import type { GrantTerms } from '../../../access/grant.ts';
import type { KnownGitlab, SubjectFacts } from '../../gitlab/known.ts';
import type { TrustedSubject } from '../../gitlab/subject.ts';
import type { AuditRule, AuditSighting } from '../rule.ts';
import { onRole } from '../sight.ts';

/** What a rule says of a project or group that a role trusts. */
interface Remark {
  readonly message: string;
  /** As {@link AuditSighting.about}, beside the subject itself. */
  readonly about: unknown;
  readonly severity?: AuditSighting['severity'];
}

type See = (facts: SubjectFacts, grant: GrantTerms, gitlab: KnownGitlab) => readonly Remark[];

/** A check of each project and group that GitLab was asked about, reported once for each role. */
export function perSubject(see: See): AuditRule['check'] {
  return ({ gitlab: roles }, { gitlab }) => {
    if (gitlab === undefined) return [];
    return roles.flatMap(({ role }) => {
      const found = new Map<string, AuditSighting>();
      for (const grant of role.gitlab?.grants ?? [])
        for (const facts of gitlab.of(grant))
          for (const { message, about, severity } of see(facts, grant, gitlab)) {
            const sighting = onRole(role, 'trust', message, [facts.subject, about]);
            if (!found.has(sighting.about))
              found.set(sighting.about, { ...sighting, ...(severity && { severity }) });
          }
      return [...found.values()];
    });
  };
}

/** `acme/web`, or `the project with the id 12`. */
export function nameOf({ path, ids }: TrustedSubject): string {
  return path ?? `the project with the id ${ids.join()}`;
}
