import { nearest } from './nearest.ts';

/** So many names are listed. */
const LISTED = 5;

/** What to do about a name that is not one of the known: the one that was probably meant, or some of them. */
export function fixOfUnknown(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `Did you mean ${near}?`;
  return oneOf(known);
}

/** The known names, or some of them where there are many. */
export function oneOf(known: readonly string[]): string {
  return `Use one of ${known.slice(0, LISTED).join(', ')}${known.length > LISTED ? ', …' : ''}`;
}
