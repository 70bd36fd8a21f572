import { QUOTAS } from '../../iam/quotas.ts';
import { checkRoleName } from '../../iam/role-fields.ts';
import { givenPacks } from '../../permissions/packs.ts';
import type { At } from '../../text/collect.ts';
import { type Flaw, shown } from '../../text/flaw.ts';
import { filled, PROJECT, PROJECT_PATH, projectRoleName } from '../per-project/name.ts';
import { pathsOf, projectIn } from '../per-project/roles.ts';
import type { Answers, Permissions, Role } from '../schema.ts';

/** Characters that the name of a role must leave for the project, of which a hash may take nine. */
const LEAST_ROOM = 20;

/** What is right only with a role for each project, and what it excludes. */
export function checkProjectRoles({ roles }: Answers, at: At): void {
  roles.forEach((role, r) => {
    const inRole = (where: string) => at(`roles[${r}].${where}`);
    if (!role.per_project) return;
    inRole('name')(checkProjectRoleName(role.name));
    checkSources(role, inRole);
    checkNames(role, inRole);
    const paths = pathsOf(role);
    checkApart(role.permissions, paths, inRole('permissions'));
    for (const [name, { permissions }] of Object.entries(role.differences ?? {})) {
      if (permissions) checkApart(permissions, paths, inRole(`differences.${name}.permissions`));
    }
  });
}

/** The name of a role that is one for each project. */
export function checkProjectRoleName(name: string): Flaw | undefined {
  if (name.split(PROJECT).length !== 2) {
    return {
      what: `${shown(name)} does not contain ${PROJECT} once, so the roles of the projects would have one name`,
      fix: `Give a name such as deploy-${PROJECT}`,
    };
  }
  if (QUOTAS.roleName - name.replace(PROJECT, '').length < LEAST_ROOM) {
    return {
      what: `${shown(name)} leaves fewer than ${LEAST_ROOM} of ${QUOTAS.roleName} characters for the project`,
      fix: 'Shorten the name',
    };
  }
  return checkRoleName(name.replace(PROJECT, 'p'));
}

function checkSources(role: Role, at: At): void {
  const what = 'each project gets a role of its own, and the projects of a group are not known';
  const fix = 'List the projects, or remove per_project';
  const flagFix = 'Name each project with --project, or leave --per-project out';
  const differences = Object.entries(role.differences ?? {});
  const lists = [
    { where: '', ...role },
    ...differences.map(([name, one]) => ({ where: `differences.${name}.`, ...one })),
  ];
  if (lists.every(({ projects = [], groups = [] }) => projects.length + groups.length === 0)) {
    at('projects')({
      what: 'there is no project, and so no role',
      fix: 'Name at least one',
    });
  }
  for (const { where, groups = [], projects = [] } of lists) {
    if (groups.length > 0) at(`${where}groups`)({ what, fix, flagFix });
    projects.forEach(({ path }, p) => {
      if (/[*?]/.test(path)) at(`${where}projects[${p}].path`)({ what, fix, flagFix });
    });
  }
}

/** IAM compares names without case, and Terraform addresses have no punctuation. */
function checkNames(role: Role, at: At): void {
  const seen = new Map<string, string>();
  for (const path of pathsOf(role)) {
    const name = projectRoleName(role.name, path);
    const folded = name.toLowerCase().replace(/[^a-z0-9]/g, '');
    const earlier = seen.get(folded);
    seen.set(folded, path);
    if (earlier === undefined) continue;
    at(projectIn(role, path).slice(1))({
      what: `its role ${name} and that of ${shown(earlier)} would differ in case or punctuation only`,
      fix: 'IAM or Terraform would take them for one: put the project into another role of the answers, with another name',
    });
  }
}

/** What one project may use, up to its first wildcard. */
interface Use {
  readonly head: string;
  readonly isPattern: boolean;
  readonly text: string;
  readonly path: string;
}

/** Nothing with a project's name in it may be what another project may use. */
function checkApart(
  permissions: Permissions,
  paths: readonly string[],
  report: ReturnType<At>,
): void {
  const templates = templatesIn(permissions);
  const uses = paths.flatMap((path) =>
    templates.map((template): Use => {
      const text = filled(template, path);
      const head = /^[^*?]*/.exec(text)?.[0] ?? '';
      return { head, isPattern: head !== text, text, path };
    }),
  );
  uses.sort((one, other) => (one.head < other.head ? -1 : one.head > other.head ? 1 : 0));
  // Those whose head the next one begins with, the longest last.
  const open: Use[] = [];
  for (const use of uses) {
    while (open.length > 0 && !use.head.startsWith(open.at(-1)?.head ?? '')) open.pop();
    const other = open.find(
      (one) => one.path !== use.path && (one.isPattern || one.head === use.head),
    );
    if (other) {
      report({
        what: `${shown(other.text)} of project ${other.path} and ${shown(use.text)} of project ${use.path} overlap`,
        fix: `One could use what is of the other: put a slash after ${PROJECT} or ${PROJECT_PATH}, and no wildcard before it`,
      });
      return;
    }
    open.push(use);
  }
}

/** What the permissions of a role hold that stands for a project. */
function templatesIn(permissions: Permissions): string[] {
  const context = { partition: 'aws', region: 'eu-west-1', account: '0'.repeat(12) } as const;
  const documents = [
    ...givenPacks(permissions).map(({ pack, options }) => pack.statements(options, context)),
    permissions.inline_policies ?? [],
    permissions.managed_policies ?? [],
  ];
  return [...new Set(textsIn(documents))].filter(
    (text) => text.includes(PROJECT) || text.includes(PROJECT_PATH),
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsIn);
}
