import type { Graph, MapNode } from '../model/graph.ts';
import { count, make } from './dom.ts';
import { type Cell, type Part, type TableName, TABLES } from './tables.ts';

/** Rows of one page of a table. */
const PAGE = 100;
/** Rows that are printed. */
const PRINTED = 2000;

/** A table that sorts by each column, a page at a time. */
export class TableView {
  private name: TableName = 'access';
  private page = 0;
  private sort: { readonly column: number; readonly down: boolean } | undefined;
  private last: readonly [Graph, Part] | undefined;

  constructor(
    private readonly place: HTMLElement,
    private readonly select: (node: MapNode) => void,
  ) {}

  choose(name: TableName): void {
    this.name = name;
    this.sort = undefined;
    this.page = 0;
    this.redraw(PAGE);
  }

  show(graph: Graph, part: Part): void {
    this.last = [graph, part];
    this.page = 0;
    this.redraw(PAGE);
  }

  /** Shows enough for paper, or a page again. */
  print(isPrinting: boolean): void {
    this.page = 0;
    this.redraw(isPrinting ? PRINTED : PAGE);
  }

  private redraw(length: number): void {
    if (!this.last) return;
    const { columns, rows } = TABLES[this.name](...this.last);
    const ordered = this.sorted(rows);
    const first = this.page * length;
    const last = Math.min(first + length, rows.length);
    const head = columns.map((title, column) => this.header(title, column));
    const table = make(
      'table',
      { 'aria-rowcount': String(rows.length + 1) },
      make(
        'caption',
        {},
        `${count(rows.length, 'row')}, ${rows.length === 0 ? 'none' : `${first + 1} to ${last}`} shown`,
      ),
      make('thead', {}, make('tr', {}, ...head)),
      make('tbody', {}, ...ordered.slice(first, last).map((row) => this.rowOf(row()))),
    );
    const scroll = make(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table' },
      table,
    );
    this.place.replaceChildren(
      scroll,
      make(
        'p',
        { class: 'pages' },
        this.turn('Previous page', -1, first > 0),
        this.turn('Next page', 1, last < rows.length),
      ),
    );
  }

  private sorted(rows: readonly (() => readonly Cell[])[]): readonly (() => readonly Cell[])[] {
    if (!this.sort) return rows;
    const { column, down } = this.sort;
    return rows
      .map((row) => ({ row, value: row()[column]?.value ?? '' }))
      .sort((a, b) => (down ? -1 : 1) * compare(a.value, b.value))
      .map(({ row }) => row);
  }

  private header(title: string, column: number): HTMLElement {
    const down = this.sort?.column === column ? this.sort.down : undefined;
    const order = down === undefined ? 'none' : down ? 'descending' : 'ascending';
    const button = make('button', { type: 'button' }, title);
    button.addEventListener('click', () => {
      this.sort = { column, down: down === false };
      this.page = 0;
      this.redraw(PAGE);
      this.place.querySelectorAll<HTMLElement>('th button')[column]?.focus();
    });
    return make('th', { scope: 'col', 'aria-sort': order }, button);
  }

  private rowOf(cells: readonly Cell[]): HTMLElement {
    return make(
      'tr',
      {},
      ...cells.map(({ value, node }) => {
        if (!node) return make('td', {}, String(value));
        const button = make('button', { type: 'button', class: 'link' }, String(value));
        button.addEventListener('click', () => {
          this.select(node);
        });
        return make('td', {}, button);
      }),
    );
  }

  private turn(text: string, by: number, isPossible: boolean): HTMLElement {
    const button = make('button', { type: 'button', disabled: isPossible ? false : '' }, text);
    button.addEventListener('click', () => {
      this.page += by;
      this.redraw(PAGE);
      this.place.querySelector<HTMLElement>('.scroll')?.focus();
    });
    return button;
  }
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
