import { canonical } from '../../compare/canonical.ts';
import type { Blueprint } from '../blueprint.ts';
import type { OrganizationBlueprint } from '../organization/guard.ts';
import type { AccessChange } from './change.ts';
import { listed } from './words.ts';

type AdmittedGroup = OrganizationBlueprint['groups'][number];

/** What becomes different about the policies that guard an organization, once they are attached again. */
export function organizationChanges(
  { organization: had }: Blueprint,
  { organization: has }: Blueprint,
): AccessChange[] {
  if (!had && !has) return [];
  if (!had || !has) return [has ? guarded(has) : unguarded()];
  return [...ofGroups(had, has), ...ofExceptions(had, has)];
}

function change(kind: AccessChange['kind'], text: string, path?: string): AccessChange {
  return { kind, sources: path === undefined ? [] : [path], text };
}

function guarded({ groups }: OrganizationBlueprint): AccessChange {
  return change(
    'lost',
    `the resource control policy denies every token of this GitLab but those of ${listed(groups.map(projectsOf))}; the service control policy protects the provider and the roles`,
  );
}

function unguarded(): AccessChange {
  return change(
    'gained',
    'the organization has no policies here any more: what is attached keeps denying until you detach it',
  );
}

function ofGroups(had: OrganizationBlueprint, has: OrganizationBlueprint): AccessChange[] {
  const policy = 'the resource control policy';
  const changes = [
    ...newIn(has.groups, had.groups).map((group) =>
      ofGroup(group, had.groups, {
        named: `${policy} now names ${group.path}`,
        kind: 'gained',
        effect: `${policy} no longer denies tokens`,
      }),
    ),
    ...newIn(had.groups, has.groups).map((group) =>
      ofGroup(group, has.groups, {
        named: `${policy} no longer names ${group.path}`,
        kind: 'lost',
        effect: `${policy} now denies tokens`,
      }),
    ),
  ];
  const isSame = canonical(had.rcp.document) === canonical(has.rcp.document);
  return changes.length > 0 || isSame
    ? changes
    : [change('changed', `${policy} admits other tokens: compare org/ with what is attached`)];
}

interface GroupWords {
  readonly named: string;
  readonly kind: 'gained' | 'lost';
  readonly effect: string;
}

/** @param others the groups of the other side */
function ofGroup(
  group: AdmittedGroup,
  others: readonly AdmittedGroup[],
  { named, kind, effect }: GroupWords,
): AccessChange {
  const { path, isFlat } = group;
  const all = `${effect} of ${projectsOf(group)}`;
  if (!isCovered(group, others)) return change(kind, all, path);
  // A group by its ID admits every form of subject, one by its path those that begin with the path.
  if (isFlat) return change(kind, `${all} whose subject does not begin with project_path`, path);
  return change(
    'unchanged',
    `${named}, which changes nothing: another group admits the same projects`,
    path,
  );
}

function ofExceptions(had: OrganizationBlueprint, has: OrganizationBlueprint): AccessChange[] {
  const policy = 'the service control policy';
  const only = (some: readonly string[], others: readonly string[]) =>
    some.filter((one) => !others.includes(one));
  const changes = [
    ...only(has.exceptions, had.exceptions).map((one) =>
      change('gained', `the role ${one} may now change what ${policy} protects`),
    ),
    ...only(had.exceptions, has.exceptions).map((one) =>
      change('lost', `the role ${one} may no longer change what ${policy} protects`),
    ),
  ];
  const isSame = canonical(had.scp.document) === canonical(has.scp.document);
  return changes.length > 0 || isSame
    ? changes
    : [change('changed', `${policy} protects something else: compare org/ with what is attached`)];
}

function newIn(
  groups: readonly AdmittedGroup[],
  others: readonly AdmittedGroup[],
): readonly AdmittedGroup[] {
  return groups.filter(
    ({ path, isFlat }) => !others.some((one) => one.path === path && one.isFlat === isFlat),
  );
}

function isCovered({ path }: AdmittedGroup, by: readonly AdmittedGroup[]): boolean {
  return by.some((one) => !one.isFlat && `${path}/`.startsWith(`${one.path}/`));
}

function projectsOf({ path, isFlat }: AdmittedGroup): string {
  return isFlat ? `the projects of ${path} itself` : `every project in ${path}`;
}
