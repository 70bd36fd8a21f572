import type { MapData } from '../map-data.ts';

/** Something that can be selected: positions in {@link MapData}. */
export interface MapNode {
  readonly kind: 'group' | 'source' | 'account' | 'role';
  readonly at: number;
}

/** The data with what is next to each node. Lists hold positions. */
export interface Graph {
  readonly data: MapData;
  readonly sourcesOfGroup: readonly (readonly number[])[];
  readonly rolesOfAccount: readonly (readonly number[])[];
  readonly grantsOfSource: readonly (readonly number[])[];
  readonly grantsOfRole: readonly (readonly number[])[];
  /** Chains by each role on them but the last. */
  readonly chainsFrom: readonly (readonly number[])[];
  /** Chains by their last role. */
  readonly chainsTo: readonly (readonly number[])[];
  readonly findingsOfRole: readonly (readonly number[])[];
  /** Findings that are not of one role, by account. */
  readonly findingsOfAccount: readonly (readonly number[])[];
  /** What the search looks at, in lower case. */
  readonly sourceWords: readonly string[];
  readonly roleWords: readonly string[];
}

/** `111111111111 (production)` */
export function accountText({ accounts, accountNames }: MapData, at: number): string {
  const [id = '', name = ''] = [accounts[at], accountNames[at]];
  return name === '' ? id : `${id} (${name})`;
}

export function graphOf(data: MapData): Graph {
  const { accounts, accountNames, groups, sources, roles, grants, chains, findings } = data;
  const lists = (of: readonly unknown[]) => of.map((): number[] => []);
  const graph = {
    data,
    sourcesOfGroup: lists(groups),
    rolesOfAccount: lists(accounts),
    grantsOfSource: lists(sources),
    grantsOfRole: lists(roles),
    chainsFrom: lists(roles),
    chainsTo: lists(roles),
    findingsOfRole: lists(roles),
    findingsOfAccount: lists(accounts),
    sourceWords: sources.map(({ text, path, ids, issuer }) =>
      `${text} ${path ?? ''} ${ids.join(' ')} ${issuer}`.toLowerCase(),
    ),
    roleWords: roles.map(({ account, name, arn }) =>
      `${accounts[account] ?? ''}/${name} ${accountNames[account] ?? ''} ${arn ?? ''}`.toLowerCase(),
    ),
  };
  sources.forEach(({ group }, at) => graph.sourcesOfGroup[group]?.push(at));
  roles.forEach(({ account }, at) => graph.rolesOfAccount[account]?.push(at));
  grants.forEach(({ source, role }, at) => {
    graph.grantsOfSource[source]?.push(at);
    graph.grantsOfRole[role]?.push(at);
  });
  chains.forEach((chain, at) => {
    const last = chain.roles.length - 1;
    chain.roles.forEach((role, step) =>
      graph[step < last ? 'chainsFrom' : 'chainsTo'][role]?.push(at),
    );
  });
  findings.forEach(({ role, account }, at) => {
    if (role !== undefined) graph.findingsOfRole[role]?.push(at);
    else if (account !== undefined) graph.findingsOfAccount[account]?.push(at);
  });
  return graph;
}
