import type { PolicyValue } from '../../iam/policy.ts';

/** Where the RCP is written, in the repository. */
export const RCP_FILE = 'org/rcp.json';

/** The policies that guard the accounts of an organization. */
export interface OrganizationBlueprint {
  readonly rcp: GuardPolicy;
  readonly scp: GuardPolicy;
  readonly admitted: AdmittedTokens;
  readonly groups: readonly {
    readonly path: string;
    /** Whether projects of its subgroups are denied. */
    readonly isFlat: boolean;
  }[];
  /** Path and name of the roles that may change what is protected. */
  readonly exceptions: readonly string[];
}

/** Whose tokens the RCP leaves; a token needs one of these. */
export interface AdmittedTokens {
  /** Patterns of the subject. */
  readonly subjects: readonly string[];
  /** IDs of the projects whose subjects may begin with them. */
  readonly projectIds: readonly number[];
  /** IDs of groups whose own projects may, whatever their subject. */
  readonly namespaceIds: readonly string[];
}

interface GuardPolicy {
  readonly document: PolicyValue;
  /** The file: in lines, or without white space where lines would exceed the quota, since AWS counts white space. */
  readonly text: string;
}
