/** Keys and indexes that lead to an answer. */
export type Path = readonly (string | number)[];

/** One change of what an answers file says. */
export type Change =
  /** Puts a value at the end of a list; makes the list where there is none. */
  | { readonly append: unknown; readonly to: Path }
  /** Gives an answer that was left out, or another in place of a single word or number. */
  | { readonly set: unknown; readonly at: Path }
  /** Takes an item out of a list, and a list or mapping that would be empty with it. */
  | { readonly remove: Path };

/** `roles[0].refs.branches`, as problems name a place. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
