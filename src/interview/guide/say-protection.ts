import type { GitlabProject, Protection } from '../../gitlab/api/gitlab.ts';
import { rulesFor } from '../../gitlab/protection.ts';
import { isPattern, type Ref, pluralOf } from '../../gitlab/ref.ts';
import { protectionSetting } from '../../gitlab/settings/settings.ts';
import type { Guide } from './guide.ts';

/** Says which of the branches and tags are not protected, and who could push to them. */
export async function sayProtection(
  guide: Guide,
  projects: readonly GitlabProject[],
  refs: readonly Ref[],
): Promise<void> {
  for (const project of projects) {
    for (const type of ['branch', 'tag'] as const) {
      const asked = refs.filter((ref) => ref.type === type);
      if (asked.length === 0) continue;
      const what = pluralOf(type);
      const unchecked = `what protects the ${what} of ${project.path}, and who may push to them`;
      const rules = await guide.consult(
        `reading the protected ${what} of ${project.path}`,
        unchecked,
        (gitlab, signal) => gitlab.protections(project.id, type, signal),
      );
      if (!rules) guide.unchecked(unchecked);
      else for (const ref of asked) sayOf(guide, project, ref, rules);
    }
  }
}

function sayOf(guide: Guide, project: GitlabProject, ref: Ref, rules: readonly Protection[]): void {
  const { type, name } = ref;
  // No ref holds * or ?, so a rule that covers a pattern as it stands covers all that it matches.
  const fitting = rulesFor(name, rules);
  const does = type === 'branch' ? 'push to' : 'create';
  if (fitting.length > 0) {
    const who = [...new Set(fitting.flatMap(({ allowed }) => allowed))];
    guide.person.say(
      `${type} ${name} of ${project.path} is protected: ${who.length > 0 ? listed(who) : 'nobody'} may ${does} it.`,
    );
    return;
  }
  const all = isPattern(name) ? 'not all protected' : 'not protected';
  guide.person.say(
    `! ${type} ${name} of ${project.path} is ${all}: anyone with the Developer role or more may ${does} it.`,
  );
  if (!name.includes('?')) guide.toSet(protectionSetting(project, type, name));
}

function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
