import type { Graph, MapNode } from '../model/graph.ts';
import {
  onwardFrom,
  type QuestionKind,
  rolesOf,
  sourcesOf,
  waysOf,
  type Way,
} from '../model/reach.ts';
import { count, longList, make } from './dom.ts';
import { findingItem, powersList } from './facts.ts';
import { changeMark, riskMark } from './marks.ts';
import {
  certaintyText,
  chainText,
  lastUsedText,
  nameOf,
  nodeLink,
  passingText,
  sourcesText,
} from './names.ts';

export interface DetailsWishes {
  readonly select: (node: MapNode) => void;
  readonly ask: (question: QuestionKind) => void;
}

/** Everything that is known of a node: the answer to the question, then its facts. */
export function showDetails(
  place: HTMLElement,
  graph: Graph,
  node: MapNode,
  question: QuestionKind,
  wishes: DetailsWishes,
): void {
  const { data } = graph;
  const role = node.kind === 'role' ? data.roles[node.at] : undefined;
  const source = node.kind === 'source' ? data.sources[node.at] : undefined;
  const kinds = { group: 'Projects', source: 'Project', account: 'Account', role: 'Role' };
  const kind = source && source.kind !== 'project' ? 'Projects' : kinds[node.kind];
  place.replaceChildren(
    make('p', { class: 'kind' }, kind, source && ` on ${source.issuer}`),
    make(
      'h2',
      { id: 'details-title', tabindex: '-1' },
      nameOf(data, node),
      ' ',
      role && riskMark(role),
      changeMark((role ?? source)?.change),
    ),
    make(
      'div',
      { class: 'questions', role: 'group', 'aria-label': 'Question' },
      questionButton('who', 'Who can reach this?', question, wishes),
      questionButton(
        'what',
        source?.kind === 'project' ? 'What can this project reach?' : 'What can this reach?',
        question,
        wishes,
      ),
    ),
    ...(question === 'who' ? whoAnswer(graph, node, wishes) : whatAnswer(graph, node, wishes)),
    ...factsOf(graph, node),
  );
}

function questionButton(
  kind: QuestionKind,
  text: string,
  asked: QuestionKind,
  { ask }: DetailsWishes,
): HTMLElement {
  const attributes = { type: 'button', id: `ask-${kind}`, 'aria-pressed': String(kind === asked) };
  const button = make('button', attributes, text);
  button.addEventListener('click', () => {
    ask(kind);
  });
  return button;
}

function whoAnswer(graph: Graph, node: MapNode, { select }: DetailsWishes): Node[] {
  const { data } = graph;
  const isTarget = node.kind === 'role' || node.kind === 'account';
  const ways = waysOf(graph, node);
  const grants = [...new Set(ways.map(({ grant }) => grant))];
  if (!isTarget) {
    const wider = sourcesOf(graph, node).filter((at) => node.kind === 'group' || at !== node.at);
    return [
      make(
        'p',
        {},
        'Anyone who can run a pipeline here on one of these refs, within these limits:',
      ),
      longList(grants.map((grant) => () => make('li', {}, data.grants[grant]?.text))),
      ...(wider.length > 0
        ? [
            make('h3', {}, node.kind === 'group' ? 'Projects and patterns' : 'It is also one of'),
            longList(
              wider.map(
                (at) => () => make('li', {}, nodeLink(data, { kind: 'source', at }, select)),
              ),
            ),
          ]
        : []),
    ];
  }
  const sources = new Set(ways.map(({ source }) => source)).size;
  if (sources === 0) return [make('p', { class: 'answer' }, 'Nobody with a GitLab token.')];
  return [
    make('p', { class: 'answer' }, `${sourcesText(sources)} can.`),
    longList(
      ways.map((way) => () => {
        const item = wayItem(graph, way, { kind: 'source', at: way.source }, select);
        if (node.kind === 'account' && way.chain === undefined)
          item.append(
            make('p', { class: 'chain' }, nodeLink(data, { kind: 'role', at: way.role }, select)),
          );
        return item;
      }),
    ),
  ];
}

function whatAnswer(graph: Graph, node: MapNode, { select }: DetailsWishes): Node[] {
  const { data } = graph;
  if (node.kind === 'role' || node.kind === 'account') {
    const roles = rolesOf(graph, node);
    const onward = roles.flatMap((at) => onwardFrom(graph, at));
    const [only] = node.kind === 'role' ? roles : [];
    return [
      ...(only === undefined ? [] : [make('h3', {}, 'Permissions'), powersList(data.roles[only])]),
      make('h3', {}, 'Roles that it can become'),
      onward.length === 0
        ? make('p', {}, 'None.')
        : longList(
            onward.map(({ chain, steps }) => () => {
              const end = { kind: 'role', at: steps.at(-1) ?? -1 } as const;
              const found = data.chains[chain];
              return make(
                'li',
                {},
                nodeLink(data, end, select),
                found?.toAdministrator === true && make('strong', {}, ' administrator'),
                changeMark(found?.change),
                make(
                  'p',
                  { class: 'chain' },
                  chainText(data, steps),
                  passingText(found),
                  certaintyText(found?.certainty),
                ),
              );
            }),
          ),
    ];
  }
  const ways = waysOf(graph, node);
  const roles = new Set(ways.map(({ role }) => role)).size;
  const accounts = new Set(ways.map(({ role }) => data.roles[role]?.account)).size;
  if (roles === 0) return [make('p', { class: 'answer' }, 'No role.')];
  return [
    make('p', { class: 'answer' }, `${count(roles, 'role')} in ${count(accounts, 'account')}.`),
    longList(
      ways.map((way) => () => {
        const item = wayItem(graph, way, { kind: 'role', at: way.role }, select);
        item.append(powersList(data.roles[way.role], 3));
        return item;
      }),
    ),
  ];
}

function wayItem(
  graph: Graph,
  way: Way,
  end: MapNode,
  select: (node: MapNode) => void,
): HTMLElement {
  const { data } = graph;
  const grant = data.grants[way.grant];
  const chain = way.chain === undefined ? undefined : data.chains[way.chain];
  const role = data.roles[way.role];
  return make(
    'li',
    {},
    nodeLink(data, end, select),
    end.kind === 'role' && role ? riskMark(role) : undefined,
    changeMark(grant?.change ?? chain?.change),
    make('p', {}, grant?.text, certaintyText(grant?.certainty)),
    chain &&
      make(
        'p',
        { class: 'chain' },
        chainText(data, chain.roles),
        passingText(chain),
        certaintyText(chain.certainty),
      ),
  );
}

function factsOf(graph: Graph, { kind, at }: MapNode): Node[] {
  const { data, findingsOfRole, findingsOfAccount, grantsOfRole } = graph;
  const role = kind === 'role' ? data.roles[at] : undefined;
  const ids = role ? findingsOfRole[at] : kind === 'account' ? findingsOfAccount[at] : undefined;
  const findings = (ids ?? []).flatMap((one) => data.findings[one] ?? []);
  const witnesses = new Set(
    (role ? (grantsOfRole[at] ?? []) : []).flatMap((one) => data.grants[one]?.witness ?? []),
  );
  return [
    ...(findings.length > 0
      ? [make('h3', {}, 'Findings'), longList(findings.map((one) => () => findingItem(one)))]
      : []),
    ...(role && role.undetermined.length > 0
      ? [
          make('h3', {}, 'What cannot be determined'),
          longList(role.undetermined.map((text) => () => make('li', {}, text))),
        ]
      : []),
    ...(role
      ? [
          make('h3', {}, 'Facts'),
          make(
            'dl',
            {},
            ...fact('ARN', role.arn),
            ...fact('Risk', riskText(role)),
            ...fact('Last used', lastUsedText(role.lastUsed)),
            ...[...witnesses].slice(0, 5).flatMap((one) => fact('Admits, e.g.', one)),
          ),
        ]
      : []),
  ];
}

function riskText(role: {
  readonly risk: number;
  readonly riskBefore?: number;
  readonly exposure: number;
  readonly power: number;
}): string {
  const { risk, riskBefore, exposure, power } = role;
  const before = riskBefore === undefined ? '' : `, previously ${riskBefore}`;
  return `${risk} of 16: exposure ${exposure} × power ${power}${before}`;
}

function fact(name: string, value: string | undefined): Node[] {
  return value === undefined ? [] : [make('dt', {}, name), make('dd', {}, value)];
}
