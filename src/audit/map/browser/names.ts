import type { PowerCertainty, MapData } from '../map-data.ts';
import { accountText, type MapNode } from '../model/graph.ts';
import { count, make } from './dom.ts';

/** What a node is called, in one line. */
export function nameOf(data: MapData, { kind, at }: MapNode): string {
  if (kind === 'group') return data.groups[at] ?? '';
  if (kind === 'source') return data.sources[at]?.text ?? '';
  if (kind === 'account') return accountText(data, at);
  const role = data.roles[at];
  return role ? `${data.accounts[role.account] ?? ''}/${role.name}` : '';
}

/** The roles of a chain, in words. */
export function chainText(data: MapData, roles: readonly number[]): string {
  return roles.map((at) => nameOf(data, { kind: 'role', at })).join(' → ');
}

export function passingText(chain: MapData['chains'][number] | undefined): string {
  return chain?.passing === undefined ? '' : ` (by passing a role: ${chain.passing})`;
}

const CERTAINTIES: Readonly<Record<PowerCertainty, string>> = {
  allowed: '',
  conditional: ' (under a condition)',
  undetermined: ' (cannot be determined)',
};

export function certaintyText(certainty: PowerCertainty | undefined): string {
  return certainty === undefined ? '' : CERTAINTIES[certainty];
}

export function lastUsedText(lastUsed: string | null | undefined): string {
  if (lastUsed === undefined) return 'not in the input';
  return lastUsed === null
    ? 'never, as far as AWS records'
    : lastUsed.slice(0, '2027-01-31'.length);
}

/** A button that selects a node. */
export function nodeLink(
  data: MapData,
  node: MapNode,
  select: (node: MapNode) => void,
): HTMLElement {
  const button = make('button', { type: 'button', class: 'link' }, nameOf(data, node));
  button.addEventListener('click', () => {
    select(node);
  });
  return button;
}

/** `1 project or group`, `2 projects or groups`. */
export function sourcesText(number: number): string {
  return `${number.toLocaleString('en')} ${number === 1 ? 'project or group' : 'projects or groups'}`;
}

export function summaryText({ totals }: MapData): string {
  const { accounts, roles, gitlabRoles, sources, errors, warnings, undetermined } = totals;
  return [
    count(accounts, 'account'),
    `${count(roles, 'role')}, ${gitlabRoles.toLocaleString('en')} of which trust a GitLab`,
    sourcesText(sources),
    `${count(errors, 'error')} and ${count(warnings, 'warning')}`,
    ...(undetermined > 0 ? [`${undetermined} undetermined`] : []),
  ].join(' · ');
}
