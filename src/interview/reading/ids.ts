import { shown, type Flaw } from '../../text/flaw.ts';
import { listOf } from '../list.ts';
import { readId } from '../../gitlab/numeric-id.ts';

/**
 * Reads the ids of projects: numbers in the order of the paths, or any of them as `path=ID`.
 *
 * @param paths the projects that ids are asked for
 */
export function readIds(
  text: string,
  paths: readonly string[],
): { readonly ids: ReadonlyMap<string, number> } | { readonly flaw: Flaw } {
  const ids = new Map<string, number>();
  const words = listOf(text);
  const numbers = words.filter((word) => !word.includes('='));
  if (numbers.length > 0 && numbers.length !== paths.length) {
    const what = `expected ${paths.length} IDs, got ${numbers.length}`;
    return {
      flaw: { what, fix: `Type one for each project, or by path, e.g. ${paths[0] ?? ''}=20` },
    };
  }
  for (const [index, word] of [...numbers, ...words.filter((one) => one.includes('='))].entries()) {
    const at = word.lastIndexOf('=');
    const path = at < 0 ? paths[index] : word.slice(0, at);
    const id = readId(word.slice(at + 1));
    if (path === undefined || !paths.includes(path))
      return {
        flaw: { what: `${shown(word)} is not of one of the projects`, fix: 'Correct its path' },
      };
    if (id === undefined)
      return { flaw: { what: `${shown(word)} is not an ID`, fix: 'Type digits only, e.g. 20' } };
    ids.set(path, id);
  }
  return { ids };
}

/** The ids of a text without a flaw; none of one with a flaw. */
export function idsFor(text: string, paths: readonly string[]): ReadonlyMap<string, number> {
  const read = readIds(text, paths);
  return 'ids' in read ? read.ids : new Map<string, number>();
}
