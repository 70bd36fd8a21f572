import type { PowerCertainty, PowerKind, AuditTotals } from '../report.ts';

export type { PowerCertainty };

/**
 * What the access map shows: the report with names made visible and ids turned into positions, so that no two nodes that
 * look alike are taken for one another. The page holds it packed ({@link ./pack.ts}).
 */
export interface MapData {
  readonly date: string;
  readonly inputs: readonly string[];
  readonly totals: AuditTotals;
  /** 12 digits each, or the name of a file. */
  readonly accounts: readonly string[];
  /** What they are called, where the input says so; otherwise empty. */
  readonly accountNames: readonly string[];
  /** Top-level groups and other headings of {@link MapData.sources}. */
  readonly groups: readonly string[];
  readonly sources: readonly MapSource[];
  /** The highest risk first. */
  readonly roles: readonly MapRole[];
  readonly grants: readonly MapGrant[];
  readonly chains: readonly MapChain[];
  readonly findings: readonly MapFinding[];
  /** What the report cannot say, and what could not be read. */
  readonly notes: readonly string[];
  /** The date of the audit that this one is compared with. */
  readonly earlier?: string;
}

/** What became of an entry since the earlier audit; absent where it is the same. */
export type MapChange = 'added' | 'removed';

interface Changing {
  readonly change?: MapChange;
}

export interface MapSource extends Changing {
  readonly text: string;
  readonly kind: 'project' | 'group' | 'pattern' | 'any';
  readonly issuer: string;
  readonly path?: string;
  readonly ids: readonly string[];
  readonly exceptPaths: readonly string[];
  /** Position in {@link MapData.groups}. */
  readonly group: number;
}

export interface MapRole extends Changing {
  readonly account: number;
  readonly name: string;
  readonly arn?: string;
  readonly trustsGitlab: boolean;
  readonly exposure: number;
  readonly power: number;
  readonly risk: number;
  /** Its risk in the earlier audit, where that was another. */
  readonly riskBefore?: number;
  readonly powers: readonly MapPower[];
  readonly lastUsed?: string | null;
  readonly undetermined: readonly string[];
}

interface MapPower {
  readonly kind: PowerKind;
  readonly text: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly source?: string;
}

interface MapGrant extends Changing {
  readonly source: number;
  readonly role: number;
  /** The branches and tags, and what else must hold. */
  readonly text: string;
  readonly witness: string;
  readonly certainty: PowerCertainty;
}

interface MapChain extends Changing {
  /** Two roles or more: the first trusts a GitLab, each may become the next. */
  readonly roles: readonly number[];
  readonly certainty: PowerCertainty;
  readonly toAdministrator: boolean;
  /** Ids of the paths by which roles are passed to services on the way. */
  readonly passing?: string;
}

export interface MapFinding extends Changing {
  /** `AUD001 too-wide` */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'undetermined';
  /** As the report names the role or provider. */
  readonly on: string;
  readonly role?: number;
  readonly account?: number;
  readonly message: string;
  readonly fix: string;
  readonly place: string;
  readonly status: 'open' | 'baseline' | 'suppressed';
  readonly reason?: string;
}
