import { type Dimension, dimension, textCells } from './dimension.ts';
import {
  documentedKey,
  type Family,
  familyOf,
  grammarOf,
  presenceOf,
  timesFrom,
  valuesAround,
} from './request-keys.ts';
import type { KeyTerm, ReachedStatement, Term } from './terms.ts';

/** What is known of the request, such as `aws:sourceip`: key in lower case to value. */
export type Given = Readonly<Record<string, string>>;

/**
 * The same statements, in which a key that is compared in ways that do not go together, as a date here and as a text
 * there, counts as unread: its values cannot be cut into cells.
 */
export function withoutMixedKeys(
  policies: readonly (readonly ReachedStatement[])[],
  given: Given,
): (readonly ReachedStatement[])[] {
  const families = familiesOf(policies.flat().flatMap(({ terms }) => terms));
  const replace = (term: Term): Term =>
    term.on === 'request' && families.get(term.name) === undefined && !(term.name in given)
      ? { on: 'unread', condition: term.condition }
      : term;
  return policies.map((statements) =>
    statements.map((one) => ({ ...one, terms: one.terms.map(replace) })),
  );
}

/**
 * @param since ISO 8601, where no request before it counts: what has expired then allows nobody
 * @throws {TooMany}
 */
export function requestDimensions(
  terms: readonly Term[],
  given: Given,
  since?: string,
): Dimension[] {
  const families = familiesOf(terms);
  return [...requestsByKey(terms)].map(([name, some]) => {
    const known = given[name];
    const cells = known === undefined ? cellsOf(name, some, families.get(name), since) : [known];
    const label = documentedKey(some[0]?.condition.key ?? name);
    return dimension(name, 'request', cells, some.flatMap(testsOf), label);
  });
}

function requestsByKey(terms: readonly Term[]): Map<string, KeyTerm[]> {
  const byKey = new Map<string, KeyTerm[]>();
  for (const term of terms) {
    if (term.on === 'request') byKey.set(term.name, [...(byKey.get(term.name) ?? []), term]);
  }
  return byKey;
}

function familiesOf(terms: readonly Term[]): Map<string, Family | undefined> {
  return new Map(
    [...requestsByKey(terms)].map(([name, some]) => [
      name,
      familyOf(
        name,
        some.map(({ condition }) => condition),
      ),
    ]),
  );
}

function cellsOf(
  name: string,
  terms: readonly KeyTerm[],
  family: Family | undefined,
  since: string | undefined,
): (string | undefined)[] {
  const texts = terms.flatMap(({ condition }) => condition.values.map(({ text }) => text));
  const times = since && family && timesFrom(since, name, family, texts);
  if (times) return [...times];
  const values =
    family === undefined || family === 'text'
      ? textCells(
          grammarOf(name),
          terms.flatMap(({ tests }) => tests),
        )
      : valuesAround(family, texts);
  return presenceOf(name) === 'always' ? [...values] : [...values, undefined];
}

function testsOf({ condition, prepared }: KeyTerm) {
  const { base } = condition.operator;
  if (base === 'Null') return [];
  const negated = base.includes('Not');
  const value = condition.values.map(({ text }) => text).join(', ');
  const test = { operator: base.replace('Not', ''), value };
  const matches = (text: string) => prepared({ [condition.key]: text }).matched !== negated;
  return [{ test, matches }];
}
