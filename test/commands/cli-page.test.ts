import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { format } from 'prettier';
import { cliPage } from '../support/builders/cli-page.ts';

const PAGE = new URL('../../docs/cli.md', import.meta.url);

test('the page of commands says what their records say', async () => {
  const page = await format(await cliPage(), { parser: 'markdown', printWidth: 120 });
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
