import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { RULES } from '../../src/lint/rules.ts';

const PAGE = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');

/** The page by its headings: `OIDC001 no-subject` to the text below. */
const SECTIONS = new Map(
  PAGE.split(/^## /m).map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    return [heading, lines.join('\n')];
  }),
);

test.each(RULES.map((rule) => [`${rule.id} ${rule.name}`, rule] as const))(
  '%s has a section that says what the rule says',
  (heading, { severity, harm, summary, why, example, fix }) => {
    const section = SECTIONS.get(heading);
    expect(section).toContain(`${summary}. Severity: ${severity}. Harm: ${harm}.`);
    expect(section).toContain(why);
    expect(section).toContain(`**Example.** ${example}`);
    expect(section).toContain(`**Fix.** ${fix}.`);
  },
);

test('the page knows no other rule', () => {
  const known = RULES.map(({ id, name }) => `${id} ${name}`);
  expect([...SECTIONS.keys()].filter((heading) => heading.startsWith('OIDC'))).toEqual(known);
});
