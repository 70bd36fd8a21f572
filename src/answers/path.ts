/** Keys and indexes that lead to an answer. */
export type Path = readonly (string | number)[];

/** `roles[0].refs.branches`, as problems name a place. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
