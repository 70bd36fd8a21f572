import type { MapChange } from '../map-data.ts';
import type { Graph } from './graph.ts';

/** What a person wants to see; an empty text leaves everything. */
export interface Filter {
  readonly text: string;
  /** Position of an account, or nothing. */
  readonly account: string;
  /** Position of a group, or nothing. */
  readonly group: string;
  readonly power: string;
  /** A rule, or `any`. */
  readonly finding: string;
  readonly change: '' | MapChange;
}

export const NO_FILTER: Filter = {
  text: '',
  account: '',
  group: '',
  power: '',
  finding: '',
  change: '',
};

/** Which sources and roles are shown: 1 for each that is. */
export interface Shown {
  readonly sources: Uint8Array;
  readonly roles: Uint8Array;
}

/**
 * The part of the map that a filter leaves: the roles and sources that meet it, and what is connected with them. A wish
 * about sources leaves the roles that these reach, and the other way round.
 */
export function filtered(graph: Graph, filter: Filter): Shown {
  const { data, sourceWords, roleWords } = graph;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const meets = (text: string | undefined) => words.every((word) => text?.includes(word));
  const allowedSources = Uint8Array.from(data.sources, ({ group }) =>
    bit(filter.group === '' || String(group) === filter.group),
  );
  const allowedRoles = Uint8Array.from(data.roles, (_, at) => bit(isAllowed(graph, filter, at)));
  const namedSources = sourceWords.map(meets);
  const namedRoles = roleWords.map(meets);
  const sources = new Uint8Array(data.sources.length);
  const roles = new Uint8Array(data.roles.length);
  const isOfSources = filter.group !== '';
  const isOfRoles = filter.account + filter.power + filter.finding + filter.change !== '';
  if (!isOfRoles)
    sources.forEach((_, at) => (sources[at] = bit(isSet(allowedSources, at) && namedSources[at])));
  if (!isOfSources)
    roles.forEach((_, at) => (roles[at] = bit(isSet(allowedRoles, at) && namedRoles[at])));
  const connect = (source: number, role: number) => {
    if (!isSet(allowedSources, source) || !isSet(allowedRoles, role)) return;
    if (!namedSources[source] && !namedRoles[role]) return;
    sources[source] = 1;
    roles[role] = 1;
  };
  for (const { source, role } of data.grants) connect(source, role);
  for (const { roles: steps } of data.chains) {
    const [first = -1] = steps;
    const last = steps.at(-1) ?? -1;
    for (const grant of graph.grantsOfRole[first] ?? [])
      connect(data.grants[grant]?.source ?? -1, last);
  }
  return { sources, roles };
}

function isAllowed(
  { data, findingsOfRole, grantsOfRole }: Graph,
  filter: Filter,
  at: number,
): boolean {
  const role = data.roles[at];
  if (!role) return false;
  const { account, power, finding, change } = filter;
  const findings = findingsOfRole[at] ?? [];
  return (
    (account === '' || String(role.account) === account) &&
    (power === '' || role.powers.some(({ kind }) => kind === power)) &&
    (finding === '' ||
      findings.some((one) => finding === 'any' || data.findings[one]?.rule === finding)) &&
    (change === '' ||
      role.change === change ||
      findings.some((one) => data.findings[one]?.change === change) ||
      grantsOfRole[at]?.some((one) => data.grants[one]?.change === change) === true)
  );
}

function isSet(bits: Uint8Array, at: number): boolean {
  return bits[at] === 1;
}

function bit(is: boolean | undefined): number {
  return is ? 1 : 0;
}
