import type { RoleContext } from './role-context.ts';

/** The account of a role as people call it: its name where the label has one, otherwise its ID. */
export function accountOf({ key, label }: Pick<RoleContext, 'key' | 'label'>): string {
  return label === `${nameIn(label)}/${key.name}` ? nameIn(label) : key.account;
}

/** Whether a role is in an account, given by its name or its ID. */
export function isInAccount(role: Pick<RoleContext, 'key' | 'label'>, account: string): boolean {
  return role.key.account === account || accountOf(role) === account;
}

function nameIn(label: string): string {
  return label.slice(0, label.indexOf('/'));
}
