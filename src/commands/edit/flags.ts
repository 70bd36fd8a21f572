import type { ParseArgsConfig } from 'node:util';
import type { Edit } from '../../answers/edit/edit.ts';
import { roleFlagOptions } from '../../interview/flags.ts';

/** What can be added and removed. */
export const EDIT_KINDS = [
  'project',
  'branch',
  'tag',
  'policy',
  'role',
] as const satisfies Edit['kind'][];

/** The flags that say which role an edit means, and for whom. */
export interface TargetFlags {
  readonly role?: string;
  readonly project?: string;
  readonly branch?: string[];
  readonly tag?: string[];
  readonly 'accept-administrator'?: boolean;
}

/** The flags of a run, whatever is edited. */
export interface RunFlags {
  readonly dir?: string;
  readonly 'dry-run'?: boolean;
  readonly json?: boolean;
  readonly yes?: boolean;
}

type Options = NonNullable<ParseArgsConfig['options']>;

const TEXT = { type: 'string' } as const;
const TEXTS = { type: 'string', multiple: true } as const;
const YES = { type: 'boolean' } as const;

const ADD: Readonly<Record<Edit['kind'], Options>> = {
  project: { role: TEXT, branch: TEXTS, tag: TEXTS },
  branch: { role: TEXT, project: TEXT },
  tag: { role: TEXT, project: TEXT },
  policy: { role: TEXT, 'accept-administrator': YES },
  role: Object.fromEntries(
    Object.entries(roleFlagOptions()).filter(([name]) => name !== 'role-name'),
  ),
};

const REMOVE: typeof ADD = { ...ADD, project: { role: TEXT }, policy: { role: TEXT }, role: {} };

/** The flags of one kind of edit, in the form of `util.parseArgs`. */
export function editOptions(verb: Edit['verb'], kind: Edit['kind']): Options {
  return {
    ...(verb === 'add' ? ADD : REMOVE)[kind],
    dir: TEXT,
    'dry-run': YES,
    json: YES,
    yes: { ...YES, short: 'y' },
  };
}
