import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { format } from 'prettier';
import { CHECKS } from '../../src/doctor/checks.ts';
import { doctorPage } from '../support/builders/doctor-page.ts';

const PAGE = new URL('../../docs/doctor.md', import.meta.url);

test('the page of doctor says what the checks and the messages say', async () => {
  const page = await format(doctorPage(), { parser: 'markdown', printWidth: 120 });
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});

test('the checks have their ids in the order in which they run', () => {
  expect(CHECKS.map(({ id, name }) => `${id} ${name}`)).toEqual([
    'DOC001 environment',
    'DOC002 role ARN',
    'DOC003 session name',
    'DOC004 token',
    'DOC005 claims',
    'DOC006 provider',
    'DOC007 audience',
    'DOC008 issuer',
    'DOC009 certificate',
    'DOC010 signing key',
    'DOC011 signature',
    'DOC012 token times',
    'DOC013 role',
    'DOC014 session duration',
    'DOC015 trust policy',
    'DOC016 sign-in',
  ]);
});
