import type { RoleBlueprint } from '../blueprint.ts';
import { jobName } from '../labels.ts';
import { canonical } from '../../compare/canonical.ts';
import type { AccessChange } from './change.ts';
import type { BlueprintPair } from './pair-roles.ts';
import { listed } from './words.ts';

/** What becomes of a role as such: it is new, gone, another in AWS, or bounded otherwise. */
export function roleChanges({ before, after }: BlueprintPair): AccessChange[] {
  if (!before) return after ? [added(after)] : [];
  if (!after) return [removed(before)];
  return [...replaced(before, after), ...settingChanges(before, after)];
}

function added(role: RoleBlueprint): AccessChange {
  const may = role.permissions.length > 0 ? listed(role.permissions) : 'nothing yet';
  return {
    kind: 'role-added',
    role: role.name,
    sources: [],
    text: `role ${role.name} is new, with a job ${jobName(role)} to extend; it may: ${may}`,
  };
}

function removed(role: RoleBlueprint): AccessChange {
  return {
    kind: 'role-removed',
    role: role.name,
    sources: [],
    text: `role ${role.name} is removed from AWS; there is no job ${jobName(role)} to extend any more`,
  };
}

/** Name and path are in a role's ARN, and AWS can change neither: Terraform deletes the role and makes another. */
function replaced(before: RoleBlueprint, after: RoleBlueprint): AccessChange[] {
  const causes = [
    ...(before.name === after.name ? [] : [`role ${before.name} is named ${after.name} now`]),
    ...(before.path === after.path
      ? []
      : [`role ${after.name} goes from path ${before.path} to ${after.path}`]),
  ];
  if (causes.length === 0) return [];
  const sources = after.grants.map(({ path }) => path);
  const jobs =
    before.name === after.name
      ? `Jobs of ${listed(sources)} that name the ARN themselves must name the new one`
      : `Jobs of ${listed(sources)} must extend ${jobName(after)} in place of ${jobName(before)}`;
  return [
    {
      kind: 'role-replaced',
      role: after.name,
      sources,
      text: `${causes.join(', and ')}: AWS makes a new role with a new ARN and deletes the old one. ${jobs}`,
    },
  ];
}

function settingChanges(before: RoleBlueprint, after: RoleBlueprint): AccessChange[] {
  const { name } = after;
  const change = (kind: 'gained' | 'lost' | 'changed', text: string): AccessChange[] => [
    { kind, role: name, sources: [], text },
  ];
  const [had, has] = [before.permissionsBoundary, after.permissionsBoundary];
  const [longest, now] = [before.sessionDuration, after.sessionDuration];
  return [
    ...(had === has
      ? []
      : has === undefined
        ? change('gained', `${name} is no longer bounded by ${had ?? ''}`)
        : had === undefined
          ? change('lost', `${name} is now bounded by ${has}`)
          : change('changed', `${name} is now bounded by ${has}, no longer by ${had}`)),
    ...(longest === now
      ? []
      : change(
          now > longest ? 'gained' : 'lost',
          `a session of ${name} may now last ${now} seconds, before ${longest}`,
        )),
    ...(canonical(before.tags) === canonical(after.tags)
      ? []
      : change(
          'changed',
          `${name} has other tags; a policy that looks at aws:PrincipalTag may decide otherwise`,
        )),
  ];
}
