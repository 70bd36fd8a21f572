import type { Partition } from '../iam/arn.ts';
import type { PolicyStatement } from '../iam/policy.ts';

/** Where the resources are that a pack names. `account` is `*` where it is not known before the deploy. */
export interface PackContext {
  readonly partition: Partition;
  readonly region: string;
  readonly account: string;
}

export type Access = 'read' | 'write';

/** A least-privilege set of permissions that a role gets as one inline policy. */
export interface Pack<Options> {
  /** The inline policy's name. */
  readonly policyName: (options: Options) => string;
  /** What it permits, in words, one entry a line of the README's table. */
  readonly describe: (options: Options) => readonly string[];
  readonly statements: (options: Options, context: PackContext) => readonly PolicyStatement[];
}
