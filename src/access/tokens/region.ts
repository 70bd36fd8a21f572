import { type Box, intersectAll, merge, subtractAll } from './box.ts';
import { canonicalCondition } from './canonical-condition.ts';
import { cell } from './cells.ts';
import { cellsOfTerm, type Space } from './space.ts';
import { keyOfPattern } from './subject-readings.ts';
import type { ReachedStatement, SubjectTerm, Term } from './terms.ts';
import { keyOfTest, patternTest } from './test.ts';

/** What one statement allows of a provider's tokens, all Deny statements considered. */
export interface AllowedRegion {
  readonly statement: ReachedStatement;
  readonly boxes: readonly Box[];
}

/** All tokens and requests of a space. */
function everything({ dimensions }: Space): Box {
  return dimensions.map(({ full }) => full);
}

/** What the policy of this number allows, statement by statement. @throws {TooMany} */
export function allowedBy(space: Space, policy: number): AllowedRegion[] {
  const statements = space.statements[policy] ?? [];
  const denied = merge(
    statements
      .filter(({ source }) => source.effect === 'Deny')
      .flatMap((one) => regionOf(space, one)),
  );
  return statements
    .filter(({ source }) => source.effect === 'Allow')
    .map((statement) => ({
      statement,
      boxes: merge(subtractAll(merge(regionOf(space, statement)), denied)),
    }));
}

/** Where all conditions of a statement hold. */
function regionOf(space: Space, { terms }: ReachedStatement): Box[] {
  let region: Box[] = [everything(space)];
  for (const term of terms) {
    region = intersectAll(region, termRegion(space, term));
    if (region.length === 0) break;
  }
  return region;
}

function termRegion(space: Space, term: Term): Box[] {
  const all = everything(space);
  if (term.on === 'subject') {
    const listed = merge(subjectRegion(space, term));
    return term.negated ? subtractAll([all], listed) : listed;
  }
  const name = term.on === 'unread' ? canonicalCondition(term.condition) : term.name;
  const { at, dimension } = placeOf(space, name);
  // An unread condition is a dimension of its own: its first cell is where it holds.
  const cells = term.on === 'unread' ? cell(0) : cellsOfTerm(dimension, term);
  return cells === 0n ? [] : [all.with(at, cells)];
}

function placeOf({ dimensions, indexOf }: Space, name: string) {
  const at = indexOf.get(name);
  const dimension = at === undefined ? undefined : dimensions[at];
  if (at === undefined || dimension === undefined) throw new Error(`no dimension ${name}`);
  return { at, dimension };
}

/** The subjects that match one of the patterns. */
function subjectRegion(space: Space, { patterns }: SubjectTerm): Box[] {
  const all = everything(space);
  const numbers = new Set(patterns.map((one) => space.placeOfPattern.get(keyOfPattern(one)) ?? -1));
  const boxes: Box[] = [];
  space.forms.forEach(({ readings }, form) => {
    for (const number of numbers) {
      const ignoreCase = space.patterns[number]?.ignoreCase ?? false;
      for (const reading of readings[number] ?? []) {
        const box = [...all];
        box[0] = cell(form);
        for (const [name, value] of reading) {
          const { at, dimension } = placeOf(space, name);
          const test = dimension.tests.get(keyOfTest(patternTest(value, ignoreCase)));
          box[at] = (box[at] ?? 0n) & (test?.cells ?? 0n);
        }
        if (!box.includes(0n)) boxes.push(box);
      }
    }
  });
  return boxes;
}
