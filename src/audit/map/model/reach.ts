import { coveringSources } from './covers.ts';
import type { Graph, MapNode } from './graph.ts';

/** A way from a source to a role: a grant, and a chain where the role is not the one that it signs in to. */
export interface Way {
  readonly grant: number;
  readonly source: number;
  readonly role: number;
  readonly chain?: number;
}

/** The two questions that a node answers. */
export type QuestionKind = 'who' | 'what';

/** What a node answers at first: projects are asked what they reach, roles who reaches them. */
export function firstQuestion({ kind }: MapNode): QuestionKind {
  return kind === 'source' || kind === 'group' ? 'what' : 'who';
}

/** The sources that a node stands for: of a project, those that it is one of too. */
export function sourcesOf(graph: Graph, { kind, at }: MapNode): readonly number[] {
  if (kind === 'source') return coveringSources(graph, at);
  if (kind === 'group')
    return [
      ...new Set(graph.sourcesOfGroup[at]?.flatMap((source) => coveringSources(graph, source))),
    ];
  return [];
}

export function rolesOf(graph: Graph, { kind, at }: MapNode): readonly number[] {
  if (kind === 'role') return [at];
  return kind === 'account' ? (graph.rolesOfAccount[at] ?? []) : [];
}

/** Every way that begins at these sources, the direct ones first. */
function waysFrom(graph: Graph, sources: readonly number[]): Way[] {
  const { grantsOfSource, chainsFrom, data } = graph;
  const grants = sources.flatMap((source) => grantsOfSource[source] ?? []);
  return [
    ...grants.flatMap((grant) => wayOf(graph, grant)),
    ...grants.flatMap((grant) => {
      const role = data.grants[grant]?.role ?? -1;
      return (chainsFrom[role] ?? []).flatMap((chain) =>
        data.chains[chain]?.roles[0] === role ? wayOf(graph, grant, chain) : [],
      );
    }),
  ];
}

/** Every way that ends at these roles, the direct ones first. */
function waysTo(graph: Graph, roles: readonly number[]): Way[] {
  const { grantsOfRole, chainsTo, data } = graph;
  return [
    ...roles.flatMap((role) => (grantsOfRole[role] ?? []).flatMap((grant) => wayOf(graph, grant))),
    ...roles.flatMap((role) =>
      (chainsTo[role] ?? []).flatMap((chain) =>
        (grantsOfRole[data.chains[chain]?.roles[0] ?? -1] ?? []).flatMap((grant) =>
          wayOf(graph, grant, chain),
        ),
      ),
    ),
  ];
}

/** The ways that a node is on: from it for a project or group, to it for a role or account. */
export function waysOf(graph: Graph, node: MapNode): Way[] {
  return node.kind === 'source' || node.kind === 'group'
    ? waysFrom(graph, sourcesOf(graph, node))
    : waysTo(graph, rolesOf(graph, node));
}

/** What a role may become: chains cut so that they begin with it, each once. */
export function onwardFrom({ data, chainsFrom }: Graph, role: number) {
  const found = new Map<string, { readonly chain: number; readonly steps: readonly number[] }>();
  for (const chain of chainsFrom[role] ?? []) {
    const roles = data.chains[chain]?.roles ?? [];
    const steps = roles.slice(roles.indexOf(role));
    const key = steps.join();
    if (!found.has(key)) found.set(key, { chain, steps });
  }
  return [...found.values()];
}

function wayOf({ data }: Graph, grant: number, chain?: number): Way[] {
  const found = data.grants[grant];
  const end = chain === undefined ? found?.role : data.chains[chain]?.roles.at(-1);
  if (!found || end === undefined) return [];
  const { source } = found;
  return [{ grant, source, role: end, ...(chain !== undefined && { chain }) }];
}
