import { join } from 'node:path';
import type { Inventory, OrganizationPolicy } from '../access/role-context.ts';
import { readDocument } from '../aws/inputs/document.ts';
import { RCP_FILE } from '../blueprint/organization/guard.ts';
import { readCurrentFile } from '../workspace/current-files.ts';

/** The RCP of a repository that guards an organization. @throws {ProblemError} where a link stands in its place */
export function guardOf(repository: string): OrganizationPolicy | undefined {
  const file = readCurrentFile(repository, RCP_FILE);
  if (file === undefined) return undefined;
  const place = { file: join(repository, RCP_FILE), path: '' };
  const read = readDocument(file.text);
  return { kind: 'resource-control', document: 'flaw' in read ? undefined : read.json, place };
}

/** The roles, where some RCPs hold for all of them. */
export function underControls<Holder extends Pick<Inventory, 'roles'>>(
  holder: Holder,
  more: readonly OrganizationPolicy[],
): Holder {
  if (more.length === 0) return holder;
  const roles = holder.roles.map((role) => ({
    ...role,
    controls: [...(role.controls ?? []), ...more],
  }));
  return { ...holder, roles };
}
