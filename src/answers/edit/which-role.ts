import type { Answers, Role } from '../schema.ts';
import { refuse, refuseUnknown } from './refuse.ts';

/** A role of the answers, and its place among them. */
export interface FoundRole {
  readonly role: Role;
  readonly index: number;
}

/**
 * The role that an edit means: the one it names, or the only one there is.
 *
 * @param fits which roles can be meant at all
 * @throws {ProblemError} where there is no such role, or several could be meant
 */
export function whichRole(
  { roles }: Answers,
  name: string | undefined,
  where: string,
  fits: (role: Role) => boolean = () => true,
): FoundRole {
  const all = roles.map((role, index) => ({ role, index }));
  if (name !== undefined) {
    const found = all.find(({ role }) => role.name === name);
    return (
      found ??
      refuseUnknown(
        'role',
        name,
        'there is',
        roles.map((role) => role.name),
      )
    );
  }
  const fitting = all.filter(({ role }) => fits(role));
  const [only, ...more] = fitting.length > 0 ? fitting : all;
  if (only && more.length === 0) return only;
  const names = [only, ...more].map((one) => one?.role.name).join(', ');
  return refuse(where, `several roles could be meant: ${names}`, 'Name one with --role');
}
