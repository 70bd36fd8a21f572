import type { Blueprint, RoleBlueprint, SharedRole, Stack } from '../blueprint.ts';
import { accountsInWords } from '../accounts/roles-of-accounts.ts';
import { accessDiff } from './access-diff.ts';
import type { AccessChange, AccessDiff, Move } from './change.ts';
import { resourcesOf } from './moves.ts';
import { namedAccount } from './named-account.ts';
import { organizationChanges } from './organization-changes.ts';

/** The module of the roles that accounts have in common, as the accounts call it. */
const MODULE = 'gitlab_oidc';

/**
 * Who gains and who loses access between two blueprints, account by account. A change that is the same in several
 * accounts is there once, with their names.
 */
export function accessDiffByAccount(before: Blueprint, after: Blueprint): AccessDiff {
  const ofOrganization = organizationChanges(before, after);
  if (!before.shared && !after.shared) {
    const { changes, moves } = accessDiff(before, after);
    return { changes: [...ofOrganization, ...changes], moves };
  }
  const pairs = pairStacks(before, after);
  const found = new Map<string, { change: AccessChange; stacks: Stack[] }>();
  const moves: Move[] = [];
  for (const [had, has] of pairs) {
    const diff = accessDiff(withStack(before, had), withStack(after, has));
    for (const change of diff.changes) {
      // Tokens name the provider of one account.
      const key = JSON.stringify({ ...change, witness: undefined });
      const same = found.get(key);
      if (same) same.stacks.push(has);
      else found.set(key, { change, stacks: [has] });
    }
    moves.push(...movesBetween([had, before], [has, after], diff.moves));
  }
  const all = pairs.map(([, { name }]) => name ?? '');
  const changes = [...found.values()].map(({ change, stacks }) => ({
    ...change,
    text: `${accountsInWords(stacks, all)}: ${change.text}`,
  }));
  return {
    changes: [
      ...ofOrganization,
      ...changes,
      ...removedAccounts(before, after),
      ...namedAccount(before, after),
    ],
    moves,
  };
}

/** Each account before and after, with nothing in it where there is none. One without a name becomes the first one. */
function pairStacks(before: Blueprint, after: Blueprint): [had: Stack, has: Stack][] {
  const had = new Map(before.stacks.map((stack) => [stack.name, stack]));
  const unnamed = had.get(undefined);
  const remaining = after.stacks.map((has, index): [Stack, Stack] => [
    had.get(has.name) ?? (index === 0 && unnamed ? unnamed : emptied(has)),
    has,
  ]);
  return remaining;
}

/** With the folder of an account goes the only way in which Terraform would delete what is in AWS. */
function removedAccounts(before: Blueprint, after: Blueprint): AccessChange[] {
  const names = new Set(after.stacks.map(({ name }) => name));
  return before.stacks.flatMap(({ name, roles, provider }) => {
    if (name === undefined || names.has(name)) return [];
    const ofRoles = roles.length === 1 ? 'role' : `${roles.length} roles`;
    const left =
      provider.mode === 'create'
        ? `OIDC provider and ${ofRoles} remain`
        : `${ofRoles} ${roles.length === 1 ? 'remains' : 'remain'}`;
    const text = `${name}: the account is no longer managed here, and its ${left} in AWS; to delete what remains, run terraform destroy in terraform/accounts/${name} as it is before this update${before.bootstrap ? BOOTSTRAP_REMAINS : ''}`;
    return [{ kind: 'changed', sources: [], text }];
  });
}

const BOOTSTRAP_REMAINS =
  '. Its bootstrap remains, too: the pipeline can sign in there until you delete it';

function emptied(stack: Stack): Stack {
  return { ...stack, roles: [], shared: new Set() };
}

function withStack(blueprint: Blueprint, stack: Stack): Blueprint {
  return { ...blueprint, stacks: [stack] };
}

/** The resources of an account that get another address, by their own names or by the module that makes them. */
function movesBetween([had, before]: Side, [has, after]: Side, renamed: readonly Move[]): Move[] {
  const account = has.name;
  if (account === undefined) return [];
  const moved = has.roles.flatMap((role) => {
    const earlier = had.roles.find(({ label }) => label === role.label);
    if (!earlier || had.shared.has(earlier.label) === has.shared.has(role.label)) return [];
    return movesOfModule(earlier, role);
  });
  return [...renamed, ...moved].map((move) => {
    const from = sharedRole([had, before], move.from);
    const to = sharedRole([has, after], move.to);
    return {
      ...move,
      account,
      ...(from ? { fromModule: MODULE } : {}),
      ...(from?.isEverywhere === false ? { fromCount: true as const } : {}),
      ...(to ? { toModule: MODULE } : {}),
      ...(to?.isEverywhere === false ? { toCount: true as const } : {}),
    };
  });
}

/** An account, and the blueprint that it is in. */
type Side = readonly [stack: Stack, blueprint: Blueprint];

/** The shared role that a resource of an account belongs to, by the label of the resource. */
function sharedRole([{ shared }, blueprint]: Side, resource: string): SharedRole | undefined {
  return blueprint.shared?.roles.find(
    ({ label, managedPolicies, inlinePolicies }) =>
      shared.has(label) &&
      [{ label }, ...managedPolicies, ...inlinePolicies].some((one) => one.label === resource),
  );
}

function movesOfModule(before: RoleBlueprint, after: RoleBlueprint): Move[] {
  const earlier = resourcesOf(before);
  return resourcesOf(after).flatMap(({ type, key, label }) => {
    const same = earlier.find((one) => one.type === type && one.key === key);
    return same ? [{ type, from: same.label, to: label }] : [];
  });
}
