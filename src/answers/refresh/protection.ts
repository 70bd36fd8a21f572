import type { Gitlab, GitlabProject } from '../../gitlab/api/gitlab.ts';
import { rulesFor } from '../../gitlab/protection.ts';
import { isPattern, nameRef, pluralOf, type Ref } from '../../gitlab/ref.ts';
import type { Findings } from '../../gitlab/settings/findings.ts';
import { protectionSetting } from '../../gitlab/settings/settings.ts';
import type { Role } from '../schema.ts';

/** Says which branches and tags of a role nothing protects, and what that means for it. */
export async function protectionNotes(
  role: Role,
  project: GitlabProject,
  protections: Gitlab['protections'],
  findings: Findings,
): Promise<string[]> {
  const notes: string[] = [];
  for (const [type, names = []] of [
    ['branch', role.refs.branches],
    ['tag', role.refs.tags],
  ] as const) {
    if (names.length === 0) continue;
    const rules = await protections(project.id, type);
    if (!rules) {
      findings.unchecked.add(`what protects the ${pluralOf(type)} of ${project.path}`);
      continue;
    }
    for (const name of names.filter((one) => rulesFor(one, rules).length === 0)) {
      const ref: Ref = { type, name };
      // Of a pattern, the protected ones get in; any branch at all is not meant to be protected.
      if (isPattern(name) && (role.refs.protected_only || name === '*')) continue;
      notes.push(
        `${nameRef(ref)} of ${project.path} is not protected: ${
          role.refs.protected_only
            ? `no job on it may assume ${role.name}`
            : `anyone with the Developer role or more may have a job assume ${role.name}`
        }.`,
      );
      if (name.includes('?')) continue;
      const setting = protectionSetting(project, type, name);
      findings.toSet.set(setting.why, setting);
    }
  }
  return notes;
}
