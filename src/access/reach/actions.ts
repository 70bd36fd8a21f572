import { PIECE_SIGN } from './glob.ts';
import { ACCESS_LEVELS } from './access-levels.ts';

/** AWS's access levels. */
export type AccessLevel = 'list' | 'read' | 'write' | 'permissions' | 'tagging';

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  L: 'list',
  R: 'read',
  W: 'write',
  P: 'permissions',
  T: 'tagging',
};

interface Action {
  /** As AWS writes it. */
  readonly name: string;
  readonly level: AccessLevel;
  readonly formats: readonly string[];
  readonly needsAll: boolean;
}

/** What an action works on. */
export interface ActionResources {
  /** Formats of ARNs; none for an action that works on `*` only. */
  readonly formats: readonly string[];
  /** Whether a call needs a resource of each format. */
  readonly needsAll: boolean;
}

let known: ReadonlyMap<string, Action> | undefined;

/** By the action in lower case; read from the table when it is first asked for. */
function actions(): ReadonlyMap<string, Action> {
  known ??= new Map(
    Object.entries(ACCESS_LEVELS).flatMap(([service, text]) => {
      const [arns = '', rows = ''] = text.split('|');
      const formats = arns.split(' ');
      return rows.split(' ').map((row): [string, Action] => {
        const [, name = '', needsAll, level = '', types = ''] =
          /^(\w+)(&?)\.(\w)([\d,]*)$/.exec(row) ?? [];
        const own = types === '' ? [] : types.split(',').map((at) => formats[Number(at)] ?? '*');
        return [
          `${service}:${name}`.toLowerCase(),
          {
            name: `${service}:${name}`,
            level: LEVELS[level] ?? 'write',
            formats: own,
            needsAll: needsAll === '&',
          },
        ];
      });
    }),
  );
  return known;
}

/** `undefined` for an action that is not in the table. */
export function levelOf(action: string): AccessLevel | undefined {
  return actions().get(action.toLowerCase())?.level;
}

/**
 * What an action works on, in one account.
 *
 * @param account `*` where it is not known
 */
export function resourcesOf(action: string, partition: string, account: string): ActionResources {
  const { formats = ['*'], needsAll = false } = actions().get(action.toLowerCase()) ?? {};
  return {
    formats: formats.map((one) =>
      one
        .replace('%', partition)
        // It ends at a colon, unlike what a wildcard of a policy matches.
        .replaceAll('@', account === '*' ? PIECE_SIGN : account)
        .replaceAll('^', PIECE_SIGN),
    ),
    needsAll,
  };
}

/** Every action of a service at a level. */
export function actionsAt(service: string, levels: readonly AccessLevel[]): readonly string[] {
  return [...actions().values()]
    .filter(({ name, level }) => name.startsWith(`${service}:`) && levels.includes(level))
    .map(({ name }) => name);
}
