import { withAccount } from '../../check/accounts.ts';
import type { Answers } from '../../schema.ts';
import type { Change } from '../change.ts';
import type { AccountEdit } from '../edit.ts';
import { refuse } from '../refuse.ts';

/**
 * The only account gets a name, and keeps its state where it is; the place for those of further accounts has the name of
 * the account in it.
 *
 * @throws {ProblemError} where the edit is of another account
 */
export function nameOnlyAccount(
  { aws, state }: Answers,
  { verb, name, id, roles = [] }: AccountEdit,
  where: string,
): Change[] {
  const known = aws.account_id;
  if (verb === 'remove' || id === undefined || (known !== undefined && id !== known)) {
    refuse(
      where,
      `the account of these answers${known === undefined ? '' : `, ${known},`} has no name yet`,
      `Give it one first: add account NAME=${known ?? 'ID'}`,
    );
  }
  if (roles.length > 0) {
    refuse(where, 'every role is in the only account', 'Leave --role out');
  }
  const first = { name, id, ...(state.backend === 'local' ? {} : { state }) };
  return [
    ...(known === undefined ? [] : [{ remove: ['aws', 'account_id'] }]),
    { append: first, to: ['accounts'] },
    ...(state.backend === 's3' ? [{ set: withAccount(state.key), at: ['state', 'key'] }] : []),
    ...(state.backend === 'gitlab'
      ? [{ set: withAccount(state.name), at: ['state', 'name'] }]
      : []),
  ];
}
