import { FLAG_HELP, flagOptions, ROLE_FLAG_HELP } from '../../interview/flags.ts';
import type { Flags } from '../record.ts';

type Rows = typeof ROLE_FLAG_HELP;

/** The flags that stand for answers, as flags of a command. */
export function answerFlags(): Flags {
  return Object.fromEntries(
    Object.entries(FLAG_HELP).flatMap(([group, rows]) => Object.entries(flagsOf(rows, group))),
  );
}

/** The flags that stand for answers about one role, but for its name. */
export function roleFlags(): Flags {
  return flagsOf(ROLE_FLAG_HELP.filter(([name]) => name !== 'role-name'));
}

function flagsOf(rows: Rows, group?: string): Flags {
  const options = flagOptions();
  return Object.fromEntries(
    rows.map(([name, value, help]) => [
      name,
      {
        help,
        ...(value === '' ? {} : { value }),
        ...(options[name]?.multiple ? { many: true as const } : {}),
        ...(group === undefined ? {} : { group }),
      },
    ]),
  );
}
