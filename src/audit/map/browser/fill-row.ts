import { accountText, type Graph } from '../model/graph.ts';
import type { ListRow } from '../model/rows.ts';
import { count, make } from './dom.ts';
import { changeMark, riskMark } from './marks.ts';

/** Puts into a row of a list what it is about: a name, and a line of facts. */
export function fillRow(graph: Graph): (row: ListRow, element: HTMLElement) => void {
  const { data, grantsOfSource, findingsOfRole, rolesOfAccount, sourcesOfGroup } = graph;
  return ({ node: { kind, at } }, element) => {
    if (kind === 'group') {
      const number = sourcesOfGroup[at]?.length ?? 0;
      element.append(
        twoLines(data.groups[at], count(number, 'entry').replace('entrys', 'entries')),
      );
    } else if (kind === 'account') {
      element.append(
        twoLines(accountText(data, at), count(rolesOfAccount[at]?.length ?? 0, 'role')),
      );
    } else if (kind === 'source') {
      const source = data.sources[at];
      const roles = new Set(grantsOfSource[at]?.map((one) => data.grants[one]?.role));
      element.append(
        twoLines(source?.text, `${count(roles.size, 'role')} · ${source?.issuer ?? ''}`),
        changeMark(source?.change) ?? '',
      );
    } else {
      const role = data.roles[at];
      if (!role) return;
      const [first] = role.powers;
      const findings = findingsOfRole[at]?.length ?? 0;
      const facts = [
        first?.text ?? 'no power that is looked for',
        ...(findings > 0 ? [count(findings, 'finding')] : []),
      ];
      element.append(
        riskMark(role),
        twoLines(role.name, facts.join(' · ')),
        changeMark(role.change) ?? '',
      );
    }
  };
}

function twoLines(name: string | undefined, facts: string): HTMLElement {
  return make(
    'span',
    { class: 'lines', title: name ?? '' },
    make('span', { class: 'name' }, name),
    make('span', { class: 'facts' }, facts),
  );
}
