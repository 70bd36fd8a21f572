import { expect, test } from '@jest/globals';
import { formsToTellApart, type ReadForm } from '../../src/access/subject-forms.ts';
import { patternText } from '../../src/access/tokens/pattern-text.ts';
import { compilePattern, patternParts } from '../../src/iam/evaluate/wildcard.ts';

const TEXTS = ['project_path:b/*', 'project_path:a/b:ref_type:*', 'project_path:a/*'];

function formsOf(texts: readonly string[]): readonly ReadForm[] {
  return formsToTellApart(
    texts.map((text) => ({ pattern: compilePattern(patternParts(text)), ignoreCase: false })),
  );
}

test('the forms are the same whatever the order of the patterns, and each pattern has its own readings', () => {
  const forms = formsOf(TEXTS);
  const orders = [
    [0, 1, 2],
    [2, 0, 1],
    [1, 0, 2],
  ];
  for (const order of orders) {
    const reordered = formsOf(order.flatMap((at) => TEXTS[at] ?? []));
    expect(reordered).toEqual(
      forms.map(({ form, readings }) => ({ form, readings: order.map((at) => readings[at]) })),
    );
    const paths = reordered[0]?.readings.map((all) =>
      all.map((one) => patternText(one.get('project_path') ?? [])),
    );
    expect(paths).toEqual(order.map((at) => [['b/*'], ['a/b'], ['a/*']][at]));
  }
});
