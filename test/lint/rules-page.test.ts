import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { format } from 'prettier';
import { rulesPage } from '../support/builders/rules-page.ts';

const PAGE = new URL('../../docs/rules.md', import.meta.url);

/** `UPDATE_DOCS=1` writes the page. */
test('docs/rules.md says of every rule what the rule says, and knows no other', async () => {
  const page = await format(rulesPage(), {
    parser: 'markdown',
    printWidth: 100,
    proseWrap: 'preserve',
  });
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
