import type { Draft } from '../read.ts';
import type { Path } from '../path.ts';
import type { Change } from './change.ts';

type Container = Record<string | number, unknown>;

/** Makes a change in what a file says, apart from how it says it. */
export function changeContent(draft: Draft, change: Change): void {
  if ('append' in change) append(draft, change.to, change.append);
  else if ('set' in change) set(draft, change.at, change.set);
  else remove(draft, change.remove);
}

function append(root: Draft, path: Path, value: unknown): void {
  const list = at(root, path);
  if (Array.isArray(list)) list.push(value);
  else set(root, path, [value]);
}

function set(root: Draft, path: Path, value: unknown): void {
  (at(root, path.slice(0, -1)) as Container)[path.at(-1) ?? ''] = value;
}

function remove(root: Draft, path: Path): void {
  const parent = at(root, path.slice(0, -1));
  if (!Array.isArray(parent)) Reflect.deleteProperty(parent as object, path.at(-1) ?? '');
  else if (parent.length > 1) parent.splice(Number(path.at(-1)), 1);
  else remove(root, path.slice(0, -1));
}

function at(root: Draft, path: Path): unknown {
  return path.reduce<unknown>((node, key) => (node as Container)[key], root);
}
