import type { Edit } from '../../answers/edit/edit.ts';
import { JSON_FLAG, YES_FLAG, type Flags, type ArgumentValuesOf } from '../record.ts';

/** What can be added and removed. */
export const EDIT_KINDS = [
  'project',
  'branch',
  'tag',
  'policy',
  'role',
  'account',
] as const satisfies Edit['kind'][];

/** The flags of a run, whatever is edited. */
export const EDIT_FLAGS = {
  dir: { value: 'FOLDER', help: 'the generated repository', default: 'the current folder' },
  'dry-run': { help: 'write nothing, show what would change' },
  yes: YES_FLAG,
  json: JSON_FLAG,
} as const satisfies Flags;

const ROLE = { value: 'NAME', help: 'the role to change' } as const;

const ACCOUNT = {
  value: 'NAME',
  help: 'in this account only, where there are several',
  many: true,
} as const;

const OF_REF = {
  role: ROLE,
  account: ACCOUNT,
  project: { value: 'PATH', help: 'refuse unless it counts for this project alone' },
} as const satisfies Flags;

const OF_PROJECT = {
  role: ROLE,
  account: ACCOUNT,
  branch: { value: 'NAME', help: 'refuse unless the role has this branch', many: true },
  tag: { value: 'NAME', help: 'refuse unless the role has this tag', many: true },
} as const satisfies Flags;

const OF_POLICY = {
  role: ROLE,
  account: ACCOUNT,
  'accept-administrator': { help: 'say yes to AdministratorAccess' },
} as const satisfies Flags;

/** The accounts of a role that is added, which is in every one where none is named. */
export const ACCOUNT_OF_ROLE = { account: ACCOUNT } as const satisfies Flags;

/** What the flags say of which role an edit means, and for whom. */
export type TargetFlags = Omit<ArgumentValuesOf<typeof OF_POLICY>, 'role'> & {
  /** One role, or several where an account is added. */
  readonly role?: string | string[];
  readonly account?: string[];
  readonly project?: string;
  readonly branch?: string[];
  readonly tag?: string[];
};

/** The flags by what is added; a role has more. */
export const ADD_FLAGS = {
  project: OF_PROJECT,
  branch: OF_REF,
  tag: OF_REF,
  policy: OF_POLICY,
  account: {
    role: {
      value: 'NAME',
      help: 'put this role in it, where the role names its accounts',
      many: true,
    },
  },
} as const satisfies Record<string, Flags>;

/** The flags by what is removed. */
export const REMOVE_FLAGS = {
  project: { role: ROLE, account: ACCOUNT },
  branch: OF_REF,
  tag: OF_REF,
  policy: { role: ROLE, account: ACCOUNT },
  role: { account: ACCOUNT },
  account: {},
};

export const EDIT_NOTES = `The file keeps its comments, its order and its form: only the lines that change are touched. --role may be left out where only one role can be meant. Branches and tags count for all projects of a role. Without --account, what is added counts in every account for which the role has no list of its own, and what is removed goes everywhere.`;

export const EDIT_EXITS = { 0: 'done', 1: 'conflicts to resolve, or you declined' };
