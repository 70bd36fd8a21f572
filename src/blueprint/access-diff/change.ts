/** What becomes different in who may do what. Empty lists where nothing does. */
export interface AccessDiff {
  readonly changes: readonly AccessChange[];
  /** Resources that AWS keeps and Terraform would replace, because their address changes. */
  readonly moves: readonly Move[];
}

/** One thing that becomes different, in words. */
export interface AccessChange {
  /**
   * `gained` and `lost`: someone may do more, or less. `changed`: neither alone. `unchanged`: the answers differ, and
   * nobody may do more or less for it. `moved`: from one part of a split role to another. The others are about a role as such: AWS makes it, deletes it, or does both, since its ARN is another.
   */
  readonly kind:
    | 'gained'
    | 'lost'
    | 'changed'
    | 'unchanged'
    | 'moved'
    | 'role-added'
    | 'role-removed'
    | 'role-replaced';
  /** The IAM role, by its later name where it has two; none where all roles are meant. */
  readonly role?: string;
  /** Paths of the projects and groups it is about; none where all that may assume the role are meant. */
  readonly sources: readonly string[];
  readonly text: string;
}

/** One resource in Terraform, such as `aws_iam_role`, and its names there before and after. */
export interface Move {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  /** The modules that make it, where one does. */
  readonly fromModule?: string;
  readonly toModule?: string;
  /** Whether the module makes it with `count`, since not every account has it: Terraform would replace it otherwise. */
  readonly fromCount?: true;
  readonly toCount?: true;
  /** The account whose folder the block belongs to, where there are several. */
  readonly account?: string;
}

/** Which way a change goes: someone may do more, less, something else, or what they could do before. */
export const SIGNS: Readonly<Record<AccessChange['kind'], '+' | '-' | '~' | '='>> = {
  gained: '+',
  lost: '-',
  changed: '~',
  unchanged: '=',
  moved: '~',
  'role-added': '+',
  'role-removed': '-',
  'role-replaced': '~',
};
