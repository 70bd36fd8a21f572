import type { MapData } from '../map-data.ts';
import type { Filter } from '../model/filter.ts';
import { accountText } from '../model/graph.ts';
import { byId, inputById, make, selectById } from './dom.ts';

const POWERS: Readonly<Record<string, string>> = {
  administrator: 'Administrator',
  escalation: 'Escalation',
  assume: 'Assume roles',
  run: 'Run code',
  write: 'Write data',
  read: 'Read data',
  expose: 'Share or expose',
};

/** Fills the lists of choices with what the report has. */
export function fillChoices(data: MapData): void {
  const options = (id: string, choices: readonly (readonly [string, string])[]) => {
    selectById(id).append(...choices.map(([value, text]) => make('option', { value }, text)));
  };
  const byName = (names: readonly string[]) =>
    names.map((name, at) => [String(at), name] as const).sort(([, a], [, b]) => (a < b ? -1 : 1));
  options('account', byName(data.accounts.map((_, at) => accountText(data, at))));
  options('group', byName(data.groups));
  const kinds = new Set(data.roles.flatMap(({ powers }) => powers.map(({ kind }) => kind)));
  options(
    'power',
    Object.entries(POWERS).filter(([kind]) => [...kinds].some((one) => one === kind)),
  );
  const rules = [
    ...new Set(data.findings.filter(({ role }) => role !== undefined).map(({ rule }) => rule)),
  ].sort();
  options('finding', [['any', 'Any finding'], ...rules.map((rule) => [rule, rule] as const)]);
  byId('change-field').hidden = data.earlier === undefined;
}

/** What the fields say now. */
export function filterNow(): Filter {
  const change = selectById('change').value;
  return {
    text: inputById('search').value,
    account: selectById('account').value,
    group: selectById('group').value,
    power: selectById('power').value,
    finding: selectById('finding').value,
    change: change === 'added' || change === 'removed' ? change : '',
  };
}

export function clearChoices(): void {
  inputById('search').value = '';
  for (const id of ['account', 'group', 'power', 'finding', 'change']) selectById(id).value = '';
}
