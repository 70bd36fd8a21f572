import { filtered } from '../model/filter.ts';
import type { Graph, MapNode } from '../model/graph.ts';
import {
  firstQuestion,
  onwardFrom,
  type QuestionKind,
  rolesOf,
  waysOf,
  type Way,
} from '../model/reach.ts';
import { roleRows, sourceRows } from '../model/rows.ts';
import { clearChoices, fillChoices, filterNow } from './choices.ts';
import { showDetails } from './details.ts';
import { byId, count, inputById } from './dom.ts';
import { showOverview } from './facts.ts';
import { fillRow } from './fill-row.ts';
import { drawLines } from './lines.ts';
import { nameOf, sourcesText, summaryText } from './names.ts';
import { TableView } from './table-view.ts';
import { Tree } from './tree.ts';

/** The page at work: what is selected and asked, and everything that is drawn from it. */
export class AccessMap {
  private node: MapNode | undefined;
  private question: QuestionKind = 'what';
  private ways: readonly Way[] | undefined;
  private readonly sources: Tree;
  private readonly roles: Tree;
  private readonly table: TableView;
  private frame = 0;

  constructor(private readonly graph: Graph) {
    const select = (node: MapNode) => {
      this.select(node);
    };
    const common = {
      fill: fillRow(graph),
      onSelect: select,
      onScroll: () => {
        this.drawSoon();
      },
    };
    this.sources = new Tree(byId('sources'), {
      ...common,
      leaveKey: 'ArrowRight',
      onLeave: () => {
        this.roles.focus();
      },
    });
    this.roles = new Tree(byId('roles'), {
      ...common,
      leaveKey: 'ArrowLeft',
      onLeave: () => {
        this.sources.focus();
      },
    });
    this.table = new TableView(byId('table'), (node) => {
      this.select(node);
      this.showView('map');
      byId('details-title').focus();
    });
  }

  start(): void {
    const { data } = this.graph;
    byId('summary').textContent = summaryText(data);
    const since = data.earlier === undefined ? '' : `, compared with ${data.earlier}`;
    byId('date').textContent = data.date + since;
    fillChoices(data);
    byId('filters').addEventListener('input', () => {
      this.update();
    });
    byId('clear').addEventListener('click', () => {
      clearChoices();
      this.select(undefined);
      inputById('search').focus();
    });
    for (const view of ['map', 'table'] as const)
      byId(`show-${view}`).addEventListener('click', () => {
        this.showView(view);
      });
    for (const name of ['access', 'roles', 'findings'] as const)
      byId(`table-${name}`).addEventListener('change', () => {
        this.table.choose(name);
      });
    document.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    new ResizeObserver(() => {
      this.sources.refresh();
      this.roles.refresh();
      this.drawSoon();
    }).observe(byId('lines'));
    for (const [event, isPrinting] of [
      ['beforeprint', true],
      ['afterprint', false],
    ] as const)
      addEventListener(event, () => {
        this.showTable();
        this.table.print(isPrinting);
      });
    this.update();
  }

  private select(node: MapNode | undefined): void {
    this.node = node;
    if (node) this.question = firstQuestion(node);
    this.update();
    if (!node) return;
    const tree = node.kind === 'source' || node.kind === 'group' ? this.sources : this.roles;
    const index = tree.indexOf(node);
    if (index !== undefined) tree.activate(index, false);
    const other = tree === this.roles ? this.sources : this.roles;
    other.root.scrollTop = 0;
    // On a small screen the details are below both lists.
    if (byId('lines').clientWidth === 0) byId('details').scrollIntoView({ block: 'nearest' });
  }

  private update(): void {
    const { graph, node } = this;
    const shown = filtered(graph, filterNow());
    this.ways = node && waysOf(graph, node);
    const isLeft = node?.kind === 'source' || node?.kind === 'group';
    const reachedRoles =
      this.ways && isLeft ? new Set(this.ways.map(({ role }) => role)) : undefined;
    const reachingSources =
      this.ways && !isLeft ? new Set(this.ways.map(({ source }) => source)) : undefined;
    const kept = node && node.kind === 'role' ? node.at : -1;
    const sources = sourceRows(graph, (at) =>
      reachingSources
        ? reachingSources.has(at)
        : shown.sources[at] === 1 || (node?.kind === 'source' && node.at === at),
    );
    const roles = roleRows(graph, (at) =>
      reachedRoles ? reachedRoles.has(at) : shown.roles[at] === 1 || at === kept,
    );
    this.sources.show(sources, node);
    this.roles.show(roles, node);
    const numbers = { sources: leaves(sources), roles: leaves(roles) };
    byId('sources-count').textContent = String(numbers.sources);
    byId('roles-count').textContent = String(numbers.roles);
    byId('status').textContent =
      `${node ? `${nameOf(graph.data, node)} is selected. ` : ''}${sourcesText(numbers.sources)} and ${count(numbers.roles, 'role')} shown${this.onwardText()}.`;
    this.showDetails();
    if (!byId('table-view').hidden) this.showTable();
    this.drawSoon();
  }

  private onwardText(): string {
    if (this.node?.kind !== 'role') return '';
    const onward = rolesOf(this.graph, this.node).flatMap((at) => onwardFrom(this.graph, at));
    return onward.length > 0 ? `; it can become ${count(onward.length, 'other role')}` : '';
  }

  private showDetails(): void {
    const { graph, node, question } = this;
    const place = byId('details');
    const select = (to: MapNode) => {
      this.select(to);
      byId('details-title').focus();
    };
    place.scrollTop = 0;
    if (!node) showOverview(place, graph.data, select);
    else
      showDetails(place, graph, node, question, {
        select,
        ask: (kind) => {
          this.question = kind;
          this.showDetails();
          byId(`ask-${kind}`).focus();
        },
      });
  }

  private showView(view: 'map' | 'table'): void {
    for (const one of ['map', 'table']) {
      byId(`${one}-view`).hidden = one !== view;
      byId(`show-${one}`).setAttribute('aria-pressed', String(one === view));
    }
    if (view === 'table') this.showTable();
    else this.update();
  }

  private showTable(): void {
    const shown = filtered(this.graph, filterNow());
    this.table.show(this.graph, { shown, ways: this.ways, node: this.node });
  }

  private onKey(event: KeyboardEvent): void {
    const isTyping =
      event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      inputById('search').focus();
    }
    if (event.key !== 'Escape') return;
    const search = inputById('search');
    if (event.target === search && search.value !== '') {
      search.value = '';
      this.update();
    } else if (this.node) {
      const isRole = this.node.kind === 'role' || this.node.kind === 'account';
      this.select(undefined);
      if (!byId('map-view').hidden) (isRole ? this.roles : this.sources).focus();
    }
  }

  private drawSoon(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      drawLines(byId('lines'), [this.sources, this.roles], this.graph, this.ways);
    });
  }
}

function leaves(rows: readonly { readonly level: number }[]): number {
  return rows.filter(({ level }) => level === 2).length;
}
