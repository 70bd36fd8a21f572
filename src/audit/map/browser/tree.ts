import type { MapNode } from '../model/graph.ts';
import type { ListRow } from '../model/rows.ts';
import { make } from './dom.ts';

/** Pixels; the style sheet has the same. */
export const ROW_HEIGHT = 44;
/** Rows beyond the visible ones that exist. */
const MARGIN = 6;

interface Wishes {
  /** What a row shows. */
  readonly fill: (row: ListRow, element: HTMLElement) => void;
  readonly onSelect: (node: MapNode) => void;
  /** The arrow key towards the other list was pressed. */
  readonly onLeave: () => void;
  readonly leaveKey: 'ArrowLeft' | 'ArrowRight';
  readonly onScroll: () => void;
}

/** A tree of any length, of which only the rows in view exist, and the one that has the focus. */
export class Tree {
  rows: readonly ListRow[] = [];
  private active = 0;
  private selected: MapNode | undefined;
  private readonly space = make('div', { role: 'none', class: 'space' });
  private readonly elements = new Map<number, HTMLElement>();
  private indexes = new Map<string, number>();

  constructor(
    readonly root: HTMLElement,
    private readonly wishes: Wishes,
  ) {
    root.append(this.space);
    root.addEventListener('scroll', () => {
      this.draw();
      wishes.onScroll();
    });
    root.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    root.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest('[role=treeitem]') : null;
      if (row) this.select(Number(row.getAttribute('data-row')));
    });
    root.addEventListener('focusin', ({ target }) => {
      if (target instanceof Element && target !== root)
        this.activate(Number(target.getAttribute('data-row')), false);
    });
  }

  show(rows: readonly ListRow[], selected: MapNode | undefined): void {
    const hadFocus = this.root.contains(document.activeElement);
    const before = this.rows[this.active]?.node;
    this.rows = rows;
    this.selected = selected;
    this.indexes = new Map(rows.map(({ node }, index) => [keyOf(node), index]));
    this.active = (before && this.indexes.get(keyOf(before))) ?? 0;
    for (const element of this.elements.values()) element.remove();
    this.elements.clear();
    this.space.style.height = `${rows.length * ROW_HEIGHT}px`;
    this.root.classList.toggle('empty', rows.length === 0);
    this.draw();
    if (hadFocus) this.elements.get(this.active)?.focus({ preventScroll: true });
  }

  indexOf(node: MapNode): number | undefined {
    return this.indexes.get(keyOf(node));
  }

  /** The first and the last row in view. */
  inView(): readonly [number, number] {
    const { scrollTop, clientHeight } = this.root;
    return [
      Math.floor(scrollTop / ROW_HEIGHT),
      Math.min(this.rows.length, Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT)) - 1,
    ];
  }

  /** Scrolls to a row and makes it the one that Tab comes to. */
  activate(index: number, focus: boolean): void {
    if (!this.rows[index]) return;
    this.elements.get(this.active)?.setAttribute('tabindex', '-1');
    this.active = index;
    const top = index * ROW_HEIGHT;
    const { scrollTop, clientHeight } = this.root;
    if (top < scrollTop) this.root.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight)
      this.root.scrollTop = top + ROW_HEIGHT - clientHeight;
    this.draw();
    const element = this.elements.get(index);
    element?.setAttribute('tabindex', '0');
    if (focus) element?.focus({ preventScroll: true });
  }

  /** After its size changed. */
  refresh(): void {
    this.draw();
  }

  focus(): void {
    this.activate(this.active, true);
  }

  private select(index: number): void {
    const row = this.rows[index];
    if (!row) return;
    this.activate(index, true);
    this.wishes.onSelect(row.node);
  }

  private onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.root.clientHeight / ROW_HEIGHT) - 1);
    const last = this.rows.length - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(last, this.active + 1),
      ArrowUp: Math.max(0, this.active - 1),
      PageDown: Math.min(last, this.active + page),
      PageUp: Math.max(0, this.active - page),
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (target !== undefined) this.activate(target, true);
    else if (event.key === 'Enter' || event.key === ' ') this.select(this.active);
    else if (event.key === this.wishes.leaveKey) this.wishes.onLeave();
    else return;
    event.preventDefault();
  }

  private draw(): void {
    const [first, last] = this.inView();
    const wanted = new Set([this.active]);
    for (let index = first - MARGIN; index <= last + MARGIN; index++) wanted.add(index);
    for (const [index, element] of this.elements)
      if (!wanted.has(index)) {
        element.remove();
        this.elements.delete(index);
      }
    for (const index of [...wanted].sort((a, b) => a - b)) {
      const row = this.rows[index];
      if (!row || this.elements.has(index)) continue;
      const element = this.rowElement(row, index);
      this.elements.set(index, element);
      this.space.append(element);
    }
  }

  private rowElement(row: ListRow, index: number): HTMLElement {
    const isSelected = this.selected !== undefined && keyOf(this.selected) === keyOf(row.node);
    const element = make('div', {
      role: 'treeitem',
      class: row.level === 1 ? 'heading' : 'row',
      'data-row': String(index),
      'aria-level': String(row.level),
      'aria-posinset': String(row.position),
      'aria-setsize': String(row.of),
      'aria-selected': String(isSelected),
      tabindex: index === this.active ? '0' : '-1',
    });
    element.style.transform = `translateY(${index * ROW_HEIGHT}px)`;
    this.wishes.fill(row, element);
    return element;
  }
}

function keyOf({ kind, at }: MapNode): string {
  return kind + String(at);
}
