import { is } from 'valibot';
import type { Draft } from '../answers/read.ts';
import { givenPacks } from '../permissions/packs.ts';
import { isDraft, withAnswer } from './draft.ts';

/**
 * The ready pair: `…-plan` for any branch, so for merge requests too, with permissions to read; `…-apply` for the branches
 * named, with the permissions as they were given.
 *
 * @param canProtect whether AWS can tell a protected branch
 */
export function presetRoles(role: Draft, canProtect: boolean): Draft[] {
  const name = String(role['name']);
  const permissions = isDraft(role['permissions']) ? role['permissions'] : {};
  const plan = {
    ...role,
    name: `${name}-plan`,
    description: role['description'] ?? 'Reads, for the plans of merge requests',
    refs: { branches: ['*'] },
    permissions: readOnly(permissions),
  };
  const apply = {
    ...role,
    name: `${name}-apply`,
    description: role['description'] ?? 'Deploys',
    permissions,
  };
  return [plan, canProtect ? withAnswer(apply, 'refs.protected_only', true) : apply];
}

/** The same things to read as there are to write; ReadOnlyAccess where nothing is named. */
function readOnly(permissions: Draft): Draft {
  const packs = Object.fromEntries(
    givenPacks(permissions).flatMap(({ key, pack, options }) => {
      // Options of another shape are reported where they stand, in the role that applies.
      const read = is(pack.schema, options) ? pack.readOnly(options) : undefined;
      return read === undefined ? [] : [[key, read]];
    }),
  );
  return permissions['managed_policies'] === undefined && Object.keys(packs).length > 0
    ? packs
    : { ...packs, managed_policies: ['ReadOnlyAccess'] };
}
