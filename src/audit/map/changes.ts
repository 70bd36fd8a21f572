import type { AuditReport } from '../report.ts';
import type { Change } from './map-data.ts';

/** An entry of one audit or the other. */
interface Changed<Entry> {
  readonly entry: Entry;
  readonly change?: Change;
}

/** The entries of two audits as one list each: those of today, then those that are gone. */
export interface Changes {
  readonly sources: readonly Changed<AuditReport['sources'][number]>[];
  readonly roles: readonly Changed<AuditReport['roles'][number]>[];
  readonly grants: readonly Changed<AuditReport['grants'][number]>[];
  readonly chains: readonly Changed<AuditReport['chains'][number]>[];
  readonly findings: readonly Changed<AuditReport['findings'][number]>[];
}

/** The parts of an earlier report that are compared. */
export type EarlierReport = Pick<AuditReport, 'date' | keyof Changes>;

export function changesOf(report: AuditReport, earlier: EarlierReport | undefined): Changes {
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
