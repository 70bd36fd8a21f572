import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Inventory, OrganizationPolicy, RoleKey } from '../access/role-context.ts';
import { type InputText, isConfiguration } from '../aws/inputs/read-inputs.ts';
import { isBeside } from '../aws/inputs/terraform/hcl-files.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { providerFactsOf, roleContextsOf } from '../blueprint/policies.ts';
import { compareInventories, type Comparison, totalsOf } from '../compare/compare-inventories.ts';
import { rewordedTrusts } from '../compare/reworded.ts';
import { linkAt } from '../workspace/plain-file.ts';
import { guardOf, underControls } from './guard.ts';
import { readInputFiles } from './input-files.ts';
import { renderGenerated } from './render.ts';
import { inventoryOfRoots } from './roots.ts';

/** The folder of a generated repository that Terraform applies. */
const FOLDER = 'terraform';

/** What the HCL of a generated repository deploys, where that is not what its answers say. */
export interface Deployed extends DeployedDifference {
  readonly inventory: Inventory;
  /** The files that hold it. */
  readonly files: readonly string[];
}

/**
 * Compares the existing HCL with the answers.
 *
 * @returns `undefined` where both describe the same roles and providers, or there is no HCL
 * @throws {ProblemError} where the HCL cannot be read, or a link stands in the place of its folder
 */
export async function deployedOtherwise(
  repository: string,
  blueprint: Blueprint,
): Promise<Deployed | undefined> {
  const folder = join(repository, FOLDER);
  const found = await lstat(folder).catch(() => undefined);
  // Terraform would follow it, and what it leads to is not of this repository.
  if (found?.isSymbolicLink()) throw linkAt(folder);
  if (!found?.isDirectory()) return undefined;
  const files = await readInputFiles(folder);
  const own = files.filter((one) => isConfiguration(one) || isBeside(one.file));
  if (!own.some(isConfiguration)) return undefined;
  if (isAsRendered(own, repository, blueprint)) return undefined;
  const inventory = inventoryOfRoots(files, blueprint, (name) => join(folder, 'accounts', name));
  const { prefix } = blueprint.issuer;
  const difference = differenceTo(inventory, inventoryOf(blueprint), prefix, guardOf(repository));
  return difference && { inventory, files: own.map(({ file }) => file), ...difference };
}

/**
 * Whether the HCL is character for character what the answers are rendered to, which deploys what they say. To evaluate it
 * all the same would take most of the time where there are a thousand accounts.
 */
function isAsRendered(files: readonly InputText[], repository: string, blueprint: Blueprint) {
  const rendered = new Map(
    [...renderGenerated(blueprint)].flatMap(([path, text]) =>
      path.startsWith(`${FOLDER}/`) ? [[join(repository, path), text] as const] : [],
    ),
  );
  return (
    files.length === rendered.size && files.every(({ file, text }) => rendered.get(file) === text)
  );
}

/** How the roles and providers of a repository differ from others. */
export interface DeployedDifference {
  /** From the others to these. */
  readonly comparison: Comparison;
  /** Roles whose trust policies are written differently, whatever that comes to. */
  readonly reworded: readonly RoleKey[];
  /** Variables that may be given other values than the files have. */
  readonly assumed: readonly string[];
}

/**
 * @param guard the RCP of the repository, which holds for all of them
 * @returns `undefined` where they are the same and all of them could be read
 */
export function differenceTo(
  inventory: Inventory,
  other: Inventory,
  issuer: string,
  guard?: OrganizationPolicy,
): DeployedDifference | undefined {
  const under = (one: Inventory) => underControls(one, guard ? [guard] : []);
  const comparison = compareInventories(under(other), under(inventory), [issuer]);
  const reworded = rewordedTrusts(other, inventory);
  const isSame =
    !totalsOf(comparison).changes &&
    reworded.length === 0 &&
    inventory.unreadable.length === 0 &&
    (inventory.assumed ?? []).length === 0;
  return isSame ? undefined : { comparison, reworded, assumed: inventory.assumed ?? [] };
}

/** Everything that answers come to. */
export function inventoryOf(blueprint: Blueprint, file = ''): Inventory {
  const { stacks, issuer } = blueprint;
  const providers = stacks.map((stack) => providerFactsOf(stack, issuer, file));
  return {
    roles: roleContextsOf(blueprint, file),
    providers: [...new Map(providers.map((one) => [one.arn, one])).values()],
    policies: [],
    unreadable: [],
  };
}
