import type { AuditFinding, ChainPath, GrantEdge, Power, RoleNode, SourceNode } from '../report.ts';
import type { MapChange } from './map-data.ts';

interface ReportedRole extends Omit<RoleNode, 'powers' | 'place'> {
  readonly powers: readonly Pick<Power, 'kind' | 'text' | 'actions' | 'resources' | 'source'>[];
}

/** What the map shows of a report, and compares with that of an earlier one. */
export interface ComparedReport {
  readonly date: string;
  readonly sources: readonly Pick<
    SourceNode,
    'id' | 'text' | 'kind' | 'issuer' | 'path' | 'ids' | 'exceptPaths'
  >[];
  readonly roles: readonly ReportedRole[];
  readonly grants: readonly Pick<GrantEdge, 'source' | 'role' | 'certainty' | 'text' | 'witness'>[];
  readonly chains: readonly (Pick<ChainPath, 'roles' | 'certainty' | 'toAdministrator'> &
    Partial<Pick<ChainPath, 'by'>>)[];
  readonly findings: readonly Omit<AuditFinding, 'expires'>[];
}

/** An entry of one audit or the other. */
interface Changed<Entry> {
  readonly entry: Entry;
  readonly change?: MapChange;
}

/** The entries of two audits as one list each: those of today, then those that are gone. */
type Changes = {
  readonly [Part in Exclude<keyof ComparedReport, 'date'>]: readonly Changed<
    ComparedReport[Part][number]
  >[];
};

export function changesOf(report: ComparedReport, earlier: ComparedReport | undefined): Changes {
  const id = (one: { readonly id: string }) => one.id;
  return {
    sources: merged(report.sources, earlier?.sources, id).sort((a, b) =>
      compare(a.entry.text, b.entry.text),
    ),
    roles: merged(report.roles, earlier?.roles, id),
    grants: merged(report.grants, earlier?.grants, ({ source, role, text, certainty }) =>
      keyOf(source, role, text, certainty),
    ),
    chains: merged(report.chains, earlier?.chains, ({ roles, certainty }) =>
      keyOf(...roles, certainty),
    ),
    // Not by its message, which may hold a number of days.
    findings: merged(report.findings, earlier?.findings, (one) => keyOf(one.id, one.on, one.path)),
  };
}

function merged<Entry>(
  now: readonly Entry[],
  then: readonly Entry[] | undefined,
  key: (entry: Entry) => string,
): Changed<Entry>[] {
  if (then === undefined) return now.map((entry) => ({ entry }));
  const before = new Set(then.map(key));
  const after = new Set(now.map(key));
  return [
    ...now.map((entry) =>
      before.has(key(entry)) ? { entry } : { entry, change: 'added' as const },
    ),
    ...then
      .filter((entry) => !after.has(key(entry)))
      .map((entry) => ({ entry, change: 'removed' as const })),
  ];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
