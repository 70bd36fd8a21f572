import { checkProjectRoleName } from '../answers/check/project-roles.ts';
import { PROJECT } from '../answers/per-project/name.ts';
import type { Draft } from '../answers/read.ts';
import { isSubComponent, type SubComponent } from '../gitlab/subject.ts';
import { checkRoleName } from '../iam/role-fields.ts';
import { aboutGitlabCom } from './about-gitlab-com.ts';
import { applyRoleFlags } from './apply-flags.ts';
import { askEnvironment } from './ask-environment.ts';
import { askRefs } from './ask-refs.ts';
import { askSources, type Sources } from './ask-sources.ts';
import type { Asker } from './asker.ts';
import { answerAt, draftsAt, isDraft, withAnswer } from './draft.ts';
import type { Guide } from './guide/guide.ts';
import { askPermissions } from './permissions.ts';
import { presetRoles, readingMatters, type PresetChoice } from './preset.ts';
import { askRoleDetails } from './role-details.ts';

/** Roles of a file are taken as they are; otherwise one is asked for, and more as long as the person wants. */
export async function askRoles(
  draft: Draft,
  { preset, readsData }: PresetChoice,
  asker: Asker,
  everything: boolean,
  guide?: Guide,
): Promise<unknown> {
  const given = draft['roles'];
  if (!everything && given !== undefined && given !== null) return given;
  const first: unknown = Array.isArray(given) ? given[0] : {};
  const roles: Draft[] = [];
  let start: Draft = isDraft(first) ? first : {};
  do {
    const kind =
      preset ??
      (await asker.choice({
        flag: 'preset',
        message: 'Roles',
        why: 'With a pair, merge requests can plan but not change anything.',
        choices: [
          { value: 'role', name: 'one role' },
          {
            value: 'plan-and-apply',
            name: 'a pair: plan from any branch, apply from the branches you name',
            short: 'a pair, plan and apply',
          },
        ],
        default: 'role',
      }));
    const isPair = kind === 'plan-and-apply';
    const role = await askRole(start, { shared: draft, isPair, asker, guide });
    if (isPair) {
      const reads = readsData ?? (readingMatters(role) && (await askReading(asker)));
      roles.push(...presetRoles(role, identifiedBy(draft, role).protection, reads));
    } else {
      roles.push(role);
    }
    start = {};
  } while (
    await asker.yes({
      flag: 'config',
      message: 'Another role?',
      why: 'Add one role per set of permissions. You can add more later.',
      default: false,
    })
  );
  return roles;
}

function askReading(asker: Asker): Promise<boolean> {
  return asker.yes({
    flag: 'plan-reads-data',
    message: 'Let the plan role read secret values and objects?',
    why: 'Anyone who can push a branch could then read them. A plan needs only settings.',
    quick: true,
    default: false,
  });
}

/** What the questions about one role go by. */
interface RoleTurn {
  /** The answers that are not about a role. */
  readonly shared: Draft;
  /** The role stands for a pair, plan and apply. */
  readonly isPair: boolean;
  readonly asker: Asker;
  readonly guide: Guide | undefined;
}

async function askRole(draft: Draft, turn: RoleTurn): Promise<Draft> {
  const { isPair, asker, guide } = turn;
  const { role: placed, refs } = await askWhere(draft, turn);
  let role = placed;
  if (isOpen(role, 'refs.branches') && isOpen(role, 'refs.tags'))
    role = await askRefs(role, isPair, asker, guide, refs);
  if (guide) role = await askEnvironment(role, guide.person);
  role = await askProtection(role, turn);
  role = await askPerProject(role, turn);
  const permissions = isOpen(role, 'permissions') ? await askPermissions(asker) : undefined;
  if (isOpen(role, 'name')) role = await askName(role, turn);
  if (permissions === undefined) return role;
  const details = await askRoleDetails(asker);
  return applyRoleFlags({ ...role, permissions: {} }, { ...permissions, ...details });
}

function isOpen(role: Draft, path: string): boolean {
  return answerAt(role, path) === undefined;
}

async function askWhere(role: Draft, { shared, asker, guide }: RoleTurn): Promise<Sources> {
  if (!isOpen(role, 'projects') || !isOpen(role, 'groups')) return { role, refs: [] };
  const { ids, components } = identifiedBy(shared, role);
  const given = answerAt(shared, 'gitlab.url');
  const url = typeof given === 'string' ? given : 'https://gitlab.com';
  return askSources(role, { url, ids, components, guide }, asker);
}

async function askProtection(role: Draft, { shared, isPair, asker }: RoleTurn): Promise<Draft> {
  if (!identifiedBy(shared, role).protection || !isOpen(role, 'refs.protected_only')) return role;
  const protectedOnly = await asker.yes({
    flag: 'protected-only',
    message: isPair ? 'Protected branches only, for apply?' : 'Protected branches and tags only?',
    why: 'Otherwise, anyone who can push a matching branch or tag can assume the role.',
    default: true,
  });
  return withAnswer(role, 'refs.protected_only', protectedOnly);
}

async function askPerProject(role: Draft, { isPair, asker }: RoleTurn): Promise<Draft> {
  const isChoice =
    isOpen(role, 'per_project') && draftsAt(role, 'projects').length > 1 && isOpen(role, 'groups');
  if (!isChoice) return role;
  const isOneEach = await asker.yes({
    flag: 'per-project',
    message: isPair ? 'A pair of roles for each project?' : 'A role for each project?',
    why: 'A project then cannot use the role of another one.',
    default: false,
  });
  return isOneEach ? withAnswer(role, 'per_project', true) : role;
}

async function askName(role: Draft, { isPair, asker }: RoleTurn): Promise<Draft> {
  const isOneEach = answerAt(role, 'per_project') === true;
  const usual = isPair ? 'gitlab' : 'gitlab-deploy';
  const end = isOneEach ? `-${PROJECT}` : '';
  const name = await asker.text({
    flag: 'role-name',
    message: isPair ? 'Name of the roles, before -plan and -apply' : 'Name of the IAM role',
    why: `Jobs use it to sign in, e.g. ${usual}${end}.`,
    default: `${usual}${end}`,
    check: isOneEach ? checkProjectRoleName : checkRoleName,
  });
  return withAnswer(role, 'name', name);
}

/** What a role can be tied to, given the issuer and the form of the subject. */
interface Identified {
  readonly ids: boolean;
  readonly protection: boolean;
  /** The form that the answers give all subjects, where they do. */
  readonly components: readonly SubComponent[] | undefined;
}

function identifiedBy(draft: Draft, role: Draft): Identified {
  const gitlabCom = aboutGitlabCom(draft);
  const components = componentsOf(draft, 'gitlab.sub_components');
  const forms = draftsAt(role, 'projects').map(
    (project) => componentsOf(project, 'sub_components') ?? components,
  );
  const protectedForm = forms.length > 0 ? forms : [components];
  return {
    ids: gitlabCom || (components?.includes('project_id') ?? false),
    protection: gitlabCom || protectedForm.every((form) => form?.includes('ref_protected')),
    components,
  };
}

function componentsOf(draft: Draft, path: string): SubComponent[] | undefined {
  const components = answerAt(draft, path);
  return Array.isArray(components) ? components.filter(isSubComponent) : undefined;
}
