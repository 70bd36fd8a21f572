import { join } from 'node:path';
import { labelIn } from '../access/account.ts';
import type { Inventory, RoleKey, UnreadableItem } from '../access/role-context.ts';
import { mergeInventories } from '../aws/inputs/merge.ts';
import { type InputText, isConfiguration } from '../aws/inputs/read-inputs.ts';
import { type InventoryOfRoot, readHclFiles } from '../aws/inputs/terraform/hcl-files.ts';
import { accountsInWords } from '../blueprint/accounts/roles-of-accounts.ts';
import type { Blueprint, Stack } from '../blueprint/blueprint.ts';
import { ANY_ACCOUNT } from '../iam/arn.ts';

/**
 * What the Terraform of a repository deploys, account by account.
 *
 * @param files the configurations, and what they may name
 * @param folderOf the root of an account
 */
export function inventoryOfRoots(
  files: readonly InputText[],
  { stacks }: Pick<Blueprint, 'stacks'>,
  folderOf: (name: string) => string,
): Inventory {
  const byFolder = new Map(
    stacks.flatMap((stack): [string, Stack][] =>
      stack.name === undefined ? [] : [[join(folderOf(stack.name)), stack]],
    ),
  );
  const roots = readHclFiles(
    files.filter(isConfiguration),
    files.filter((one) => !isConfiguration(one)),
    (folder) => byFolder.get(folder)?.aws.accountId,
  );
  const named = roots.map((root) => {
    const stack = root.folder === undefined ? undefined : byFolder.get(root.folder);
    return stack?.name === undefined ? root : namedAfter(root, stack.name);
  });
  const inventory = mergeInventories(named);
  const names = [...byFolder.values()].flatMap(({ name }) => name ?? []);
  return { ...inventory, unreadable: once(named, byFolder, names, inventory) };
}

/** Roles as the answers name them: with the account, whose id need not be known. */
function namedAfter(root: InventoryOfRoot, name: string): InventoryOfRoot {
  const named = (key: RoleKey): RoleKey => ({
    ...key,
    account: key.account === ANY_ACCOUNT ? name : key.account,
    accountName: name,
  });
  const roles = root.roles.map((role) => ({
    ...role,
    label: labelIn(name, role.label),
    key: named(role.key),
  }));
  const unreadable = root.unreadable.map(({ keys, ...item }) => ({
    ...item,
    ...(keys && { keys: keys.map(named) }),
  }));
  return { ...root, roles, unreadable };
}

/** What cannot be read of a module is reported once, with the accounts that call it. */
function once(
  roots: readonly InventoryOfRoot[],
  byFolder: ReadonlyMap<string, Stack>,
  names: readonly string[],
  { unreadable }: Inventory,
): UnreadableItem[] {
  const found = new Map<string, { item: UnreadableItem; keys: RoleKey[]; stacks: Stack[] }>();
  for (const item of unreadable) {
    const root = roots.find((one) => one.unreadable.includes(item));
    const stack = root?.folder === undefined ? undefined : byFolder.get(root.folder);
    const key = JSON.stringify([item.place, item.what]);
    const same = found.get(key) ?? { item, keys: [], stacks: [] };
    found.set(key, same);
    same.keys.push(...(item.keys ?? []));
    if (stack) same.stacks.push(stack);
  }
  return [...found.values()].map(({ item, keys, stacks }) => ({
    ...item,
    ...(keys.length > 0 && { keys }),
    ...(stacks.length > 0 && { what: `${accountsInWords(stacks, names)}: ${item.what}` }),
  }));
}
