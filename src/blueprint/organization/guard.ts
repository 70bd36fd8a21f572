import type { PolicyValue } from '../../iam/policy.ts';

/** The policies that guard the accounts of an organization. */
export interface OrganizationBlueprint {
  readonly rcp: GuardPolicy;
  readonly scp: GuardPolicy;
  readonly groups: readonly {
    readonly path: string;
    /** Whether projects of its subgroups are denied. */
    readonly isFlat: boolean;
  }[];
  /** Of projects whose tokens are admitted where the subject begins with the ID. */
  readonly projectIds: readonly string[];
  /** Path and name of the roles that may change what is protected. */
  readonly exceptions: readonly string[];
}

interface GuardPolicy {
  readonly document: PolicyValue;
  /** The file: in lines, or without white space where lines would exceed the quota, since AWS counts white space. */
  readonly text: string;
}
