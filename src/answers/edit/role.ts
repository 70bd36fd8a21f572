import { safeParse } from 'valibot';
import type { Draft } from '../read.ts';
import { type Answers, RoleSchema } from '../schema.ts';
import type { Change } from './change.ts';
import { refuse, refuseUnknown } from './refuse.ts';

export function addRole({ roles }: Answers, role: Draft): Change[] {
  const name = String(role['name']);
  if (roles.some((one) => one.name === name)) {
    refuse(`role ${name}`, 'there is a role of that name already', 'Give it another name');
  }
  // The schema puts answers in its order; what does not fit is for the file's reader to refuse.
  const shaped = safeParse(RoleSchema, role);
  return [{ append: shaped.success ? shaped.output : role, to: ['roles'] }];
}

export function removeRole({ roles }: Answers, name: string): Change[] {
  const index = roles.findIndex((role) => role.name === name);
  if (index < 0)
    refuseUnknown(
      'role',
      name,
      'there is',
      roles.map((role) => role.name),
    );
  if (roles.length === 1) {
    refuse(`role ${name}`, 'it is the only role', 'Add another first, or run terraform destroy');
  }
  return [{ remove: ['roles', index] }];
}
