import type { PreparedPolicy } from '../../iam/evaluate/evaluate.ts';
import { canonicalCondition } from './canonical-condition.ts';
import { vocabularyOf } from './claims.ts';
import { type Cells, cellsWhere } from './cells.ts';
import { type Dimension, dimension, textCells } from './dimension.ts';
import type { Provider } from '../provider.ts';
import { type Given, requestDimensions, withoutMixedKeys } from './request-dimensions.ts';
import { formsToTellApart, type ReadForm } from '../subject-forms.ts';
import { keyOfPattern, type SubjectPattern } from './subject-readings.ts';
import { type KeyTerm, type ReachedStatement, reachedStatements, type Term } from './terms.ts';
import { type OpenTest, patternTest } from './test.ts';

/** All tokens of one provider and all requests with them, cut up as finely as some policies can tell them apart. */
export interface Space {
  readonly provider: Provider;
  readonly forms: readonly ReadForm[];
  /** The patterns of subjects, in the order of each form's readings. */
  readonly patterns: readonly SubjectPattern[];
  /** The place of each pattern in that order, by {@link keyOfPattern}. */
  readonly placeOfPattern: ReadonlyMap<string, number>;
  /** The first is the form. Whatever the order of conditions, that of the dimensions is the same, and so are the boxes. */
  readonly dimensions: readonly Dimension[];
  /** The others, in the order in which the policies ask for them. */
  readonly asked: readonly Dimension[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** The unread conditions that may hold for the role or not, whatever the request is. */
  readonly undecided: ReadonlySet<string>;
  /** For each policy the statements that the provider's tokens reach. */
  readonly statements: readonly (readonly ReachedStatement[])[];
}

/**
 * @param since as in {@link requestDimensions}
 * @throws {TooMany}
 */
export function spaceOf(
  provider: Provider,
  policies: readonly PreparedPolicy[],
  given: Given,
  since?: string,
): Space {
  const statements = withoutMixedKeys(
    policies.map((policy) => reachedStatements(policy, provider)),
    given,
  );
  const terms = statements.flat().flatMap((one) => one.terms);
  const byKey = new Map(
    terms
      .flatMap((term) => (term.on === 'subject' ? term.patterns : []))
      .map((pattern) => [keyOfPattern(pattern), pattern]),
  );
  const patterns = [...byKey.values()];
  const forms = formsToTellApart(patterns);
  const form = dimension(
    'form',
    'form',
    forms.map((one) => one.form.join(':')),
  );
  const asked = [
    ...claimDimensions(provider, terms, forms, patterns),
    ...requestDimensions(terms, given, since),
    ...unreadDimensions(terms),
  ];
  const dimensions = [form, ...asked.toSorted((a, b) => (a.name < b.name ? -1 : 1))];
  return {
    provider,
    forms,
    patterns,
    placeOfPattern: new Map([...byKey.keys()].map((key, place) => [key, place])),
    dimensions,
    asked,
    indexOf: new Map(dimensions.map(({ name }, at) => [name, at])),
    undecided: new Set(
      terms.flatMap((term) =>
        term.on === 'unread' && term.condition.undecided !== undefined
          ? [term.condition.undecided]
          : [],
      ),
    ),
    statements,
  };
}

function claimDimensions(
  { clientIds }: Provider,
  terms: readonly Term[],
  forms: readonly ReadForm[],
  patterns: readonly SubjectPattern[],
): Dimension[] {
  const tests = new Map<string, OpenTest[]>();
  const add = (name: string, more: readonly OpenTest[]) => {
    const known = tests.get(name);
    if (known) known.push(...more);
    else tests.set(name, [...more]);
  };
  for (const term of terms) if (term.on === 'claim') add(term.name, term.tests);
  for (const { readings } of forms) {
    readings.forEach((some, at) => {
      const ignoreCase = patterns[at]?.ignoreCase ?? false;
      for (const reading of some) {
        for (const [name, value] of reading) add(name, [patternTest(value, ignoreCase)]);
      }
    });
  }
  return [...tests].map(([name, some]) => claimDimension(name, some, clientIds));
}

/** The values of a claim, cut up as finely as some tests can tell them apart. @throws {TooMany} */
export function claimDimension(
  name: string,
  tests: readonly OpenTest[],
  clientIds?: readonly string[],
): Dimension {
  const vocabulary = name === 'aud' && clientIds ? { listed: clientIds } : vocabularyOf(name);
  const cells = 'listed' in vocabulary ? vocabulary.listed : textCells(vocabulary.grammar, tests);
  return dimension(
    name,
    'claim',
    cells,
    // The test itself is part of reports.
    tests.map(({ operator, value, ...how }) => ({ ...how, test: { operator, value } })),
  );
}

function unreadDimensions(terms: readonly Term[]): Dimension[] {
  const names = terms.flatMap((term) =>
    term.on === 'unread' ? [canonicalCondition(term.condition)] : [],
  );
  return [...new Set(names)].map((name) => dimension(name, 'unread', ['true', 'false']));
}

/** The cells of a dimension in which a condition holds, as the evaluator says. */
export function cellsOfTerm({ cells }: Dimension, { condition, prepared }: KeyTerm): Cells {
  return cellsWhere(
    cells,
    (value) => prepared(value === undefined ? {} : { [condition.key]: value }).matched,
  );
}
