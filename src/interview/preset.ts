import { isDeepStrictEqual } from 'node:util';
import { is } from 'valibot';
import type { Draft } from '../answers/read.ts';
import { givenPacks } from '../permissions/packs.ts';
import { isDraft, withAnswer } from './draft.ts';

/** Which roles to make of what is asked. */
export interface PresetChoice {
  /** `role` or `plan-and-apply`; asked for when `undefined`. */
  readonly preset: string | undefined;
  /** Whether the plan role may read data as well; asked for when `undefined`, and it matters. */
  readonly readsData?: boolean | undefined;
}

/**
 * The ready pair: `…-plan` for any branch, so for merge requests too, with permissions to see; `…-apply` for the branches
 * named, with the permissions as they were given.
 *
 * @param canProtect whether AWS can tell a protected branch
 * @param readsData whether the plan role may read secret values and the content of objects too
 */
export function presetRoles(role: Draft, canProtect: boolean, readsData: boolean): Draft[] {
  const name = String(role['name']);
  const permissions = permissionsIn(role);
  const plan = {
    ...role,
    name: `${name}-plan`,
    description: role['description'] ?? 'Reads, for the plans of merge requests',
    refs: { branches: ['*'] },
    permissions: planPermissions(permissions, readsData),
  };
  const apply = {
    ...role,
    name: `${name}-apply`,
    description: role['description'] ?? 'Deploys',
    permissions,
  };
  return [plan, canProtect ? withAnswer(apply, 'refs.protected_only', true) : apply];
}

/** Whether a plan role that may read data would get more than one that may not. */
export function readingMatters(role: Draft): boolean {
  const [without, withData] = [false, true].map((readsData) =>
    planPermissions(permissionsIn(role), readsData),
  );
  return !isDeepStrictEqual(without, withData);
}

function permissionsIn(role: Draft): Draft {
  return isDraft(role['permissions']) ? role['permissions'] : {};
}

/**
 * What planning takes: the packs' read-only forms, and a managed policy of AWS where they do not say it all.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ViewOnlyAccess.html
 */
function planPermissions(permissions: Draft, readsData: boolean): Draft {
  const packs = Object.fromEntries(
    givenPacks(permissions).flatMap(({ key, pack, options }) => {
      // Options of another shape are reported where they stand, in the role that applies.
      if (!is(pack.schema, options)) return [];
      const form = readsData ? pack.readingData(options) : pack.readOnly(options);
      return form === undefined ? [] : [[key, form]];
    }),
  );
  const others = permissions['managed_policies'] ?? permissions['inline_policies'];
  return others === undefined && Object.keys(packs).length > 0
    ? packs
    : {
        ...packs,
        managed_policies: [readsData ? 'ReadOnlyAccess' : 'job-function/ViewOnlyAccess'],
      };
}
