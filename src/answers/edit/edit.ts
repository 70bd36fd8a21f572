import type { Draft } from '../read.ts';

/** One edit that a person asks for. `role` names the role where there are several. */
export type Edit =
  AddProject | RemoveProject | RefEdit | AddRole | RemoveRole | PolicyEdit | AccountEdit;

export interface AddProject {
  readonly verb: 'add';
  readonly kind: 'project';
  readonly path: string;
  readonly id?: number | undefined;
  readonly role?: string | undefined;
  /** Refs from which it may assume the role: those of the role, since a role has one set for all its projects. */
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  /** The accounts in which it may; all of the role where none is named. */
  readonly accounts?: readonly string[] | undefined;
}

export interface RemoveProject {
  readonly verb: 'remove';
  readonly kind: 'project';
  readonly path: string;
  readonly role?: string | undefined;
  /** The accounts in which it no longer may; all where none is named. */
  readonly accounts?: readonly string[] | undefined;
}

export interface RefEdit {
  readonly verb: 'add' | 'remove';
  readonly kind: 'branch' | 'tag';
  readonly name: string;
  /** The only project that is meant. */
  readonly project?: string | undefined;
  readonly role?: string | undefined;
  /** The accounts in which it counts; all of the role where none is named. */
  readonly accounts?: readonly string[] | undefined;
}

interface AddRole {
  readonly verb: 'add';
  readonly kind: 'role';
  readonly role: Draft;
}

export interface RemoveRole {
  readonly verb: 'remove';
  readonly kind: 'role';
  readonly name: string;
  /** The accounts that it leaves; all where none is named. */
  readonly accounts?: readonly string[] | undefined;
}

export interface PolicyEdit {
  readonly verb: 'add' | 'remove';
  readonly kind: 'policy';
  /** Name of one of AWS's own, or ARN. */
  readonly policy: string;
  readonly role?: string | undefined;
  /** Says that AdministratorAccess is meant. */
  readonly acceptAdministrator?: boolean | undefined;
  /** The accounts in which the role has it; all of the role where none is named. */
  readonly accounts?: readonly string[] | undefined;
}

export interface AccountEdit {
  readonly verb: 'add' | 'remove';
  readonly kind: 'account';
  readonly name: string;
  /** 12 digits; of an account that is added. */
  readonly id?: string | undefined;
  /** Roles that name their accounts and are to be in the one that is added. */
  readonly roles?: readonly string[] | undefined;
}
