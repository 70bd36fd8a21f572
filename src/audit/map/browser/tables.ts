import { accountText, type Graph, type MapNode } from '../model/graph.ts';
import { onwardFrom, type Way } from '../model/reach.ts';
import type { Shown } from '../model/filter.ts';
import { certaintyText, nameOf } from './names.ts';

/** A cell: a text or a number, and what it leads to. */
export interface Cell {
  readonly value: string | number;
  readonly node?: MapNode;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (() => readonly Cell[])[];
}

export type TableName = 'access' | 'roles' | 'findings';

/** What is to be put into a table: what the filter leaves, and of that what is on a way of the selected node. */
export interface Part {
  readonly shown: Shown;
  readonly ways: readonly Way[] | undefined;
  readonly node: MapNode | undefined;
}

export const TABLES: Readonly<Record<TableName, (graph: Graph, part: Part) => Table>> = {
  access: accessTable,
  roles: rolesTable,
  findings: findingsTable,
};

/** A row for each way, or for each grant where nothing is selected: chains are named in its last column. */
function accessTable(graph: Graph, { shown, ways }: Part): Table {
  const { data } = graph;
  const all = ways ?? data.grants.map(({ source, role }, grant): Way => ({ grant, source, role }));
  const rows = all
    .filter(({ source, role }) => shown.sources[source] === 1 && shown.roles[role] === 1)
    .map(({ grant, source, role, chain }) => (): Cell[] => {
      const found = data.grants[grant];
      const end = data.roles[role];
      return [
        { value: data.sources[source]?.text ?? '', node: { kind: 'source', at: source } },
        { value: (found?.text ?? '') + certaintyText(found?.certainty) },
        { value: accountText(data, end?.account ?? -1) },
        { value: end?.name ?? '', node: { kind: 'role', at: role } },
        {
          value:
            chain === undefined
              ? 'signs in'
              : `by a chain${certaintyText(data.chains[chain]?.certainty)}`,
        },
        { value: end?.risk ?? 0 },
        { value: end?.powers.map(({ text }) => text).join('; ') ?? '' },
        { value: becomesText(graph, role) },
        ...changeCell(graph, found?.change),
      ];
    });
  return {
    columns: [
      'Project or group',
      'From',
      'Account',
      'Role',
      'How',
      'Risk',
      'May',
      'Can become',
      ...changeColumn(graph),
    ],
    rows,
  };
}

function rolesTable(graph: Graph, { shown, ways, node }: Part): Table {
  const { data, findingsOfRole, grantsOfRole } = graph;
  const chosen = ways && new Set(ways.map(({ role }) => role));
  if (node?.kind === 'role') chosen?.add(node.at);
  const rows = data.roles.flatMap((role, at) =>
    shown.roles[at] === 1 && (!chosen || chosen.has(at))
      ? [
          (): Cell[] => [
            { value: accountText(data, role.account) },
            { value: role.name, node: { kind: 'role', at } },
            { value: role.risk },
            { value: role.exposure },
            { value: role.power },
            { value: grantsOfRole[at]?.length ?? 0 },
            { value: role.powers.map(({ text }) => text).join('; ') },
            { value: becomesText(graph, at) },
            { value: findingsOfRole[at]?.length ?? 0 },
            ...changeCell(graph, role.change),
          ],
        ]
      : [],
  );
  return {
    columns: [
      'Account',
      'Role',
      'Risk',
      'Exposure',
      'Power',
      'Grants',
      'May',
      'Can become',
      'Findings',
      ...changeColumn(graph),
    ],
    rows,
  };
}

function findingsTable(graph: Graph, { shown, ways, node }: Part): Table {
  const { data } = graph;
  const chosen = ways && new Set(ways.map(({ role }) => role));
  if (node?.kind === 'role') chosen?.add(node.at);
  const rows = data.findings.flatMap((finding) => {
    const { role, account, rule, severity, message, fix, status, on, change } = finding;
    const isShown =
      role === undefined ? !chosen : shown.roles[role] === 1 && (!chosen || chosen.has(role));
    if (!isShown) return [];
    const target: MapNode | undefined =
      role !== undefined
        ? { kind: 'role', at: role }
        : account !== undefined
          ? { kind: 'account', at: account }
          : undefined;
    return [
      (): Cell[] => [
        { value: severity },
        { value: rule },
        {
          value: target?.kind === 'role' ? nameOf(data, target) : on,
          ...(target && { node: target }),
        },
        { value: message },
        { value: fix },
        { value: status },
        ...changeCell(graph, change),
      ],
    ];
  });
  return {
    columns: ['Severity', 'Rule', 'On', 'What', 'Fix', 'Status', ...changeColumn(graph)],
    rows,
  };
}

function becomesText(graph: Graph, role: number): string {
  return onwardFrom(graph, role)
    .map(({ steps }) => nameOf(graph.data, { kind: 'role', at: steps.at(-1) ?? -1 }))
    .join('; ');
}

function changeColumn({ data }: Graph): string[] {
  return data.earlier === undefined ? [] : ['Change'];
}

function changeCell({ data }: Graph, change: string | undefined): Cell[] {
  return data.earlier === undefined ? [] : [{ value: change ?? '' }];
}
