import { ASSUME } from '../chains/chains.ts';
import { placeText } from '../../access/place.ts';
import { visible, visibleLines } from '../../text/unprintable.ts';
import type { AuditReport } from '../report.ts';
import { changesOf, type ComparedReport } from './changes.ts';
import type { MapData } from './map-data.ts';

/** What the map shows of a report, and of what changed since an earlier one. */
export function dataOf(report: AuditReport, earlier?: ComparedReport): MapData {
  const changes = changesOf(report, earlier);
  const accounts = new Numbered();
  const groups = new Numbered();
  for (const { entry } of changes.roles) accounts.of(entry.account);
  const sourceAt = positions(changes.sources);
  const roleAt = positions(changes.roles);
  const nameOf = new Map(report.accounts.map(({ id, name = '' }) => [id, name]));
  const risks = new Map(earlier?.roles.map(({ id, risk }) => [id, risk]));
  return {
    date: report.date,
    inputs: report.inputs.map(shown),
    totals: report.totals,
    sources: changes.sources.map(({ entry, ...change }) => ({
      text: shown(entry.text),
      kind: entry.kind,
      issuer: shown(entry.issuer),
      ...(entry.path !== undefined && { path: shown(entry.path) }),
      ids: entry.ids.map(shown),
      exceptPaths: entry.exceptPaths.map(shown),
      group: groups.of(groupOf(entry)),
      ...change,
    })),
    roles: changes.roles.map(({ entry, ...change }) => ({
      ...roleOf(entry, risks.get(entry.id)),
      account: accounts.of(entry.account),
      ...change,
    })),
    grants: changes.grants.flatMap(({ entry, ...change }) => {
      const source = sourceAt.get(entry.source);
      const role = roleAt.get(entry.role);
      if (source === undefined || role === undefined) return [];
      const { certainty, text, witness } = entry;
      const name = changes.sources[source]?.entry.text ?? '';
      const where = text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text;
      return [{ source, role, text: shown(where), witness: shown(witness), certainty, ...change }];
    }),
    chains: changes.chains.flatMap(({ entry, ...change }) => {
      const { certainty, toAdministrator } = entry;
      const roles = entry.roles.flatMap((id) => roleAt.get(id) ?? []);
      if (roles.length < entry.roles.length) return [];
      const passing = (entry.by ?? []).filter((step) => step !== ASSUME).join(', ');
      return [
        {
          roles,
          certainty,
          toAdministrator,
          ...(passing !== '' && { passing: shown(passing) }),
          ...change,
        },
      ];
    }),
    findings: changes.findings.map(({ entry, ...change }) => {
      const role = roleAt.get(entry.on);
      const account = accounts.known(entry.on.slice(0, entry.on.indexOf('/')));
      const { id, name, severity, on, message, fix, place, path, status, reason } = entry;
      return {
        rule: shown(`${id} ${name}`),
        severity,
        on: shown(on),
        ...(role !== undefined && { role }),
        ...(account !== undefined && { account }),
        message: shown(message),
        fix: shown(fix),
        place: shown(`${placeText({ ...place, path: '' })}: ${path}`),
        status,
        ...(reason !== undefined && { reason: shown(reason) }),
        ...change,
      };
    }),
    notes: [
      ...report.undetermined.map(({ on, text }) =>
        shown(on === undefined ? text : `${on}: ${text}`),
      ),
      ...report.unreadable.map(({ place, what, fix }) =>
        shown(`${placeText(place)} could not be read: ${what}. ${fix}`),
      ),
    ],
    accounts: accounts.names.map(shown),
    accountNames: accounts.names.map((id) => shown(nameOf.get(id) ?? '')),
    groups: groups.names.map(shown),
    ...(earlier && { earlier: earlier.date }),
  };
}

/** Line ends, controls, and all that has no shape or changes the order of other characters, written as escapes. */
function shown(text: string): string {
  return visible(visibleLines(text));
}

function roleOf(role: ComparedReport['roles'][number], before: number | undefined) {
  const { name, arn, trustsGitlab, exposure, power, risk, powers, lastUsed, undetermined } = role;
  return {
    name: shown(name),
    ...(arn !== undefined && { arn: shown(arn) }),
    trustsGitlab,
    exposure,
    power,
    risk,
    ...(before !== undefined && before !== risk && { riskBefore: before }),
    powers: powers.map(({ kind, text, actions, resources, source }) => ({
      kind,
      text: shown(text),
      actions: actions.map(shown),
      resources: resources.map(shown),
      ...(source !== undefined && { source: shown(source) }),
    })),
    ...(lastUsed !== undefined && { lastUsed }),
    undetermined: undetermined.map(shown),
  };
}

/** The heading under which a source is listed. */
function groupOf({ kind, path, ids }: ComparedReport['sources'][number]): string {
  const top = path?.split('/')[0];
  if (top !== undefined && !/[*?]/.test(top)) return top;
  if (top !== undefined) return 'Patterns over groups';
  return kind === 'any' && ids.length === 0 ? 'Every project' : 'Projects by ID';
}

function positions(entries: readonly { readonly entry: { readonly id: string } }[]) {
  return new Map(entries.map(({ entry }, at) => [entry.id, at]));
}

/** Names in the order in which they came. */
class Numbered {
  readonly names: string[] = [];
  private readonly positions = new Map<string, number>();

  of(name: string): number {
    const known = this.positions.get(name);
    if (known !== undefined) return known;
    this.positions.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  known(name: string): number | undefined {
    return this.positions.get(name);
  }
}
