type DomChild = Node | string | false | undefined;

/** Makes an element. Texts become text nodes, so nothing in them is read as HTML. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | false>> = {},
  ...children: readonly DomChild[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== false) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== false && child !== undefined));
  return element;
}

/** The element of the page with this id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

export function selectById(id: string): HTMLSelectElement {
  const found = byId(id);
  if (!(found instanceof HTMLSelectElement)) throw new Error(`${id} is not a list of choices`);
  return found;
}

export function inputById(id: string): HTMLInputElement {
  const found = byId(id);
  if (!(found instanceof HTMLInputElement)) throw new Error(`${id} is not a text field`);
  return found;
}

/** `1 role`, `2 roles`. */
export function count(number: number, word: string): string {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}

/** A list of items, of which the first are shown until the button is pressed. */
export function longList(items: readonly (() => Node)[], most = 50): DocumentFragment {
  const result = document.createDocumentFragment();
  const list = make('ul', {}, ...items.slice(0, most).map((item) => item()));
  result.append(list);
  if (items.length > most) {
    const button = make(
      'button',
      { type: 'button' },
      `Show all ${items.length.toLocaleString('en')}`,
    );
    button.addEventListener('click', () => {
      list.append(...items.slice(most).map((item) => item()));
      button.remove();
      list.children[most]?.querySelector('button')?.focus();
    });
    result.append(button);
  }
  return result;
}
