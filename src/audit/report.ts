import type { Scope } from '../access/reach/reach.ts';
import type { Place, RoleKey } from '../access/role-context.ts';
import type { Who } from '../access/grant.ts';
import type { Ref } from '../gitlab/ref.ts';
import type { Severity } from '../lint/rule.ts';
import type { VisitStatus } from './live/live-account.ts';

/**
 * What `audit` finds in an estate, ready to be written as JSON: a graph from projects over roles to further roles. Nodes
 * are named by `id`; edges name the nodes that they connect. Nothing in it is a credential.
 */
export interface AuditReport {
  readonly version: 1;
  /** Whether the exit code is 0. */
  readonly ok: boolean;
  /** The inputs, as the user named them. */
  readonly inputs: readonly string[];
  /** The day on which it was made, `2027-01-31`; unused roles are counted from it. */
  readonly date: string;
  readonly totals: AuditTotals;
  readonly accounts: readonly AccountNode[];
  /** What came of each account that AWS was asked for by `--live` or `--organization`; empty for files. */
  readonly visits: readonly VisitNode[];
  readonly providers: readonly ProviderNode[];
  /** Projects, groups and patterns of them that may assume a role. */
  readonly sources: readonly SourceNode[];
  /** Roles that trust a GitLab, and roles that a chain leads to; the highest risk first. */
  readonly roles: readonly RoleNode[];
  /** Which source may assume which role. */
  readonly grants: readonly GrantEdge[];
  /** Which role may become which other role, by `sts:AssumeRole` or by passing it to a service, from the roles that trust a GitLab. */
  readonly chains: readonly ChainPath[];
  readonly findings: readonly AuditFinding[];
  /** What the baseline records and is no longer found. */
  readonly fixed: readonly {
    readonly rule: string;
    readonly account: string;
    readonly role: string;
    readonly place: string;
  }[];
  readonly suppressions: {
    readonly expired: readonly SuppressionNote[];
    readonly unused: readonly SuppressionNote[];
  };
  /** What the report cannot say, and why: for all of it, or for one node. */
  readonly undetermined: readonly OpenQuestion[];
  /** Items of the input that could not be read; the others were. */
  readonly unreadable: readonly {
    readonly place: PlaceView;
    readonly what: string;
    readonly fix: string;
  }[];
}

export interface AuditTotals {
  readonly accounts: number;
  /** All roles that were read. */
  readonly roles: number;
  /** Roles that trust a GitLab. */
  readonly gitlabRoles: number;
  readonly sources: number;
  readonly chains: number;
  readonly errors: number;
  readonly warnings: number;
  readonly undetermined: number;
}

export interface AccountNode {
  /** 12 digits, or the name of the file where the input does not say. */
  readonly id: string;
  /** As an organization or an answers file names it; absent where the input does not say. */
  readonly name?: string;
  readonly roles: number;
  readonly gitlabRoles: number;
  /** Whether the input lists the account's OIDC providers. */
  readonly listsProviders: boolean;
}

export interface VisitNode {
  readonly account: string;
  /** As the organization names it. */
  readonly name?: string;
  readonly status: VisitStatus;
  /** When it was read, in ISO 8601. */
  readonly read?: string;
  /** Why it was not read. */
  readonly what?: string;
}

export interface ProviderNode {
  /** Its ARN, or its account and issuer where the input has no ARN. */
  readonly id: string;
  readonly account: string;
  /** Its URL without `https://`. */
  readonly issuer: string;
  readonly clientIds?: readonly string[];
  readonly thumbprints?: readonly string[];
  /** Ids of the roles that trust it. */
  readonly roles: readonly string[];
  readonly place: PlaceView;
}

/** A project, a group, or whatever else a grant names. Two grants with the same `who` and issuer have one source. */
export interface SourceNode {
  readonly id: string;
  readonly issuer: string;
  readonly kind: Who['kind'];
  readonly path?: string;
  readonly ids: readonly string[];
  readonly idPinned: boolean;
  readonly exceptPaths: readonly string[];
  readonly text: string;
}

/** From who may assume nothing (0) to anyone (4), also by chains; docs/audit.md has the levels. */
export type ExposureLevel = 0 | 1 | 2 | 3 | 4;
/** From nothing (0) to administrator (4). */
export type PowerLevel = 0 | 1 | 2 | 3 | 4;

export interface RoleNode {
  /** `account/name` */
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly arn?: string;
  readonly trustsGitlab: boolean;
  readonly exposure: ExposureLevel;
  /** Of the role itself or of a role that it may become, whichever is higher. */
  readonly power: PowerLevel;
  /** Exposure times power, 0 to 16. */
  readonly risk: number;
  readonly powers: readonly Power[];
  /** ISO 8601; `null` where AWS knows of no use; absent where the input does not say. */
  readonly lastUsed?: string | null;
  readonly place: PlaceView;
  readonly undetermined: readonly string[];
  /** What RCPs deny of what the trust policy allows; absent where that is nothing. */
  readonly denied?: readonly string[];
}

export type PowerKind =
  'administrator' | 'escalation' | 'assume' | 'read' | 'write' | 'run' | 'expose';

/** `conditional`: a condition that the request decides must hold; `undetermined`: what decides it is not in the input. */
export type PowerCertainty = 'allowed' | 'conditional' | 'undetermined';

/** One thing that a role may do. */
export interface Power {
  readonly kind: PowerKind;
  /** `s3`; of an escalation, the id of its path, such as `passrole-lambda`. */
  readonly of: string;
  readonly certainty: PowerCertainty;
  readonly scope: Scope;
  /** Actions that are allowed, at most 5 of them. */
  readonly actions: readonly string[];
  /** Resources as the policies write them, at most 5. */
  readonly resources: readonly string[];
  /** Where an escalation was published. */
  readonly source?: string;
  readonly text: string;
}

export interface GrantEdge {
  /** Id of a source. */
  readonly source: string;
  /** Id of a role. */
  readonly role: string;
  readonly refs: readonly Ref[];
  readonly exceptRefs: readonly Ref[];
  /** What must hold in addition, in words. */
  readonly limits: readonly string[];
  readonly isProtected: boolean;
  readonly audiences: readonly string[];
  readonly subjectForm: readonly string[];
  /** A subject that is admitted. */
  readonly witness: string;
  readonly certainty: PowerCertainty;
  readonly exposure: ExposureLevel;
  readonly text: string;
}

export interface ChainPath {
  /** Ids of roles: the first trusts a GitLab, each may become the next. */
  readonly roles: readonly string[];
  /** How, one fewer: `sts:AssumeRole`, or the id of the path by which the next role is passed to a service. */
  readonly by: readonly string[];
  readonly certainty: PowerCertainty;
  readonly crossesAccounts: boolean;
  /** Whether the last role is an administrator or may become one. */
  readonly toAdministrator: boolean;
  readonly text: string;
}

export interface AuditFinding {
  /** `AUD001`, or `OIDC001` of lint. */
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  /** `account/name` of the role, or `account/oidc-provider/issuer`. */
  readonly on: string;
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  readonly status: 'open' | 'baseline' | 'suppressed';
  readonly reason?: string;
  readonly expires?: string;
  readonly place: PlaceView;
}

interface SuppressionNote {
  readonly rule: string;
  readonly role: string;
  readonly reason: string;
  readonly expires: string;
}

export interface OpenQuestion {
  /** Id of a node; absent where it concerns the whole report. */
  readonly on?: string;
  readonly text: string;
}

/** A place with its line, which is looked up once. */
export type PlaceView = Pick<Place, 'file' | 'path'> & { readonly line?: number };

export function idOfRole({ account, name }: RoleKey): string {
  return `${account}/${name}`;
}
