import type { Edit } from '../../answers/edit/edit.ts';
import { JSON_FLAG, YES_FLAG, type Flags, type ArgumentValuesOf } from '../record.ts';

/** What can be added and removed. */
export const EDIT_KINDS = [
  'project',
  'branch',
  'tag',
  'policy',
  'role',
] as const satisfies Edit['kind'][];

/** The flags of a run, whatever is edited. */
export const EDIT_FLAGS = {
  dir: { value: 'FOLDER', help: 'the generated repository', default: 'the current folder' },
  'dry-run': { help: 'write nothing, show what would change' },
  yes: YES_FLAG,
  json: JSON_FLAG,
} as const satisfies Flags;

const ROLE = { value: 'NAME', help: 'the role to change' } as const;

const OF_REF = {
  role: ROLE,
  project: { value: 'PATH', help: 'refuse unless it counts for this project alone' },
} as const satisfies Flags;

const OF_PROJECT = {
  role: ROLE,
  branch: { value: 'NAME', help: 'refuse unless the role has this branch', many: true },
  tag: { value: 'NAME', help: 'refuse unless the role has this tag', many: true },
} as const satisfies Flags;

const OF_POLICY = {
  role: ROLE,
  'accept-administrator': { help: 'say yes to AdministratorAccess' },
} as const satisfies Flags;

/** What the flags say of which role an edit means, and for whom. */
export type TargetFlags = ArgumentValuesOf<typeof OF_POLICY> & {
  readonly project?: string;
  readonly branch?: string[];
  readonly tag?: string[];
};

/** The flags by what is added; a role has more. */
export const ADD_FLAGS = { project: OF_PROJECT, branch: OF_REF, tag: OF_REF, policy: OF_POLICY };

/** The flags by what is removed. */
export const REMOVE_FLAGS = {
  project: { role: ROLE },
  branch: OF_REF,
  tag: OF_REF,
  policy: { role: ROLE },
};

export const EDIT_NOTES = `The file keeps its comments, its order and its form: only the lines that change are touched. --role may be left out
where only one role can be meant. Branches and tags count for all projects of a role.`;

export const EDIT_EXITS = { 0: 'done', 1: 'conflicts to resolve, or you declined' };
