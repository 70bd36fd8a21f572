import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { format } from 'prettier';
import { scoreboardPage } from './page.ts';

const PAGE = new URL('../../docs/scoreboard.md', import.meta.url);

/** `UPDATE_DOCS=1` writes the page. */
test('docs/scoreboard.md has what each tool makes of each policy', async () => {
  const page = await format(scoreboardPage(), {
    parser: 'markdown',
    printWidth: 100,
    proseWrap: 'preserve',
  });
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
