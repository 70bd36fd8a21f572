import { join } from 'node:path';
import type { Inventory, UnreadableItem } from '../access/role-context.ts';
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
  const inventory = mergeInventories(
    roots.map((root) => {
      const stack = root.folder === undefined ? undefined : byFolder.get(root.folder);
      return stack?.name === undefined ? root : namedAfter(root, stack.name);
    }),
  );
  const names = [...byFolder.values()].flatMap(({ name }) => name ?? []);
  return { ...inventory, unreadable: once(roots, byFolder, names, inventory) };
}

/** Roles as the answers name them: with the account, whose id need not be known. */
function namedAfter(root: InventoryOfRoot, name: string): Inventory {
  const roles = root.roles.map((role) => ({
    ...role,
    label: `${name}/${role.label}`,
    key: role.key.account === ANY_ACCOUNT ? { ...role.key, account: name } : role.key,
  }));
  return { ...root, roles };
}

/** What cannot be read of a module is said once, with the accounts that call it. */
function once(
  roots: readonly InventoryOfRoot[],
  byFolder: ReadonlyMap<string, Stack>,
  names: readonly string[],
  { unreadable }: Inventory,
): UnreadableItem[] {
  const found = new Map<string, { item: UnreadableItem; stacks: Stack[] }>();
  for (const item of unreadable) {
    const root = roots.find((one) => one.unreadable.includes(item));
    const stack = root?.folder === undefined ? undefined : byFolder.get(root.folder);
    const key = JSON.stringify([item.place, item.what]);
    const same = found.get(key) ?? { item, stacks: [] };
    found.set(key, same);
    if (stack) same.stacks.push(stack);
  }
  return [...found.values()].map(({ item, stacks }) =>
    stacks.length === 0
      ? item
      : { ...item, what: `${accountsInWords(stacks, names)}: ${item.what}` },
  );
}
