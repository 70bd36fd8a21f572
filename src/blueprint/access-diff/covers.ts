import type { Ref } from '../../gitlab/ref.ts';
import { like } from '../../iam/evaluate/wildcard.ts';

/** Whether one of the refs or patterns covers all that this one does. */
export function isCovered(ref: Ref, by: readonly Ref[]): boolean {
  return by.some(({ type, name }) => type === ref.type && covers(name, ref.name));
}

/** A pattern covers another when it matches the other's shortest text, and one so long that a `*` must take it. */
function covers(pattern: string, name: string): boolean {
  const text = (star: string) => name.replaceAll('?', '\0').replaceAll('*', star);
  return like(pattern, text('')) && like(pattern, text('\0'.repeat(pattern.length + 1)));
}
