import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { format } from 'prettier';
import { KEY_REFERENCE } from '../../src/answers/reference.ts';
import { PACKS } from '../../src/permissions/index.ts';
import { answerKeys, answersPage } from '../support/builders/answers-page.ts';

const PAGE = new URL('../../docs/answers.md', import.meta.url);

test('the page of answers says what the schema, the packs and the reference say', async () => {
  const page = await format(answersPage(), {
    parser: 'markdown',
    printWidth: 120,
    // Tables this wide would be half blanks.
    proseWrap: 'never',
  });
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});

test('the reference knows no key that the schema does not have', () => {
  const keys = answerKeys().map(({ path }) => path);
  expect(Object.keys(KEY_REFERENCE).filter((key) => !keys.includes(key))).toEqual([]);
});

test('every permission pack is on the page', () => {
  const keys = answerKeys().map(({ path }) => path);
  for (const pack of Object.keys(PACKS)) {
    expect(keys.some((key) => key.startsWith(`roles[].permissions.${pack}.`))).toBe(true);
  }
});
