import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CHECKS } from '../../src/doctor/checks.ts';

test('docs/doctor.md has the checks, in their order', () => {
  const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8');
  const named = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  expect(named).toEqual(CHECKS.map(({ name }) => name));
});
