import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { listOf } from '../../src/interview/list.ts';
import { readIds } from '../../src/interview/reading/ids.ts';
import {
  readAccountId,
  readDuration,
  readThumbprint,
} from '../../src/interview/reading/numbers.ts';
import { readPlace, readRefName } from '../../src/interview/reading/places.ts';

const URL = 'https://gitlab.com';
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const path = fc.tuple(name, name, name).map((parts) => parts.join('/'));
const id = fc.integer({ min: 1, max: 999_999_999 });
const gap = fc.constantFrom(',', ', ', '\n', '\r\n', ' ; ', '  ');
const quote = fc.constantFrom('', '"', "'", '`');

test('a list of any length is read with any separator and quotes', () => {
  fc.assert(
    fc.property(fc.array(path, { maxLength: 60 }), gap, quote, (paths, separator, mark) => {
      const text = paths.map((one) => `${mark}${one}${mark}`).join(separator);
      expect(listOf(text)).toEqual(paths);
    }),
  );
});

test.each([
  ['https://gitlab.com/', ''],
  ['https://gitlab.com/', '/'],
  ['https://gitlab.com/', '.git'],
  ['https://gitlab.com/', '/-/pipelines'],
  ['git@gitlab.com:', '.git'],
  ['ssh://git@gitlab.com:22/', '.git'],
  ['', ''],
  ['', '.git'],
])('a project is read from %s…%s', (before, after) => {
  fc.assert(
    fc.property(path, (project) => {
      expect(readPlace(`${before}${project}${after}`, URL)).toMatchObject({
        kind: 'project',
        path: project,
        id: undefined,
      });
    }),
  );
});

test('a path with an ID is both', () => {
  fc.assert(
    fc.property(path, id, (project, number) => {
      expect(readPlace(`${project}=${number}`, URL)).toMatchObject({ path: project, id: number });
    }),
  );
});

test('the page of a branch or tag names project and ref', () => {
  expect(
    readPlace('https://gitlab.com/g/p/-/tree/release%2F1.0?ref_type=heads', URL),
  ).toMatchObject({
    path: 'g/p',
    ref: { type: 'branch', name: 'release/1.0' },
  });
  expect(readPlace('https://gitlab.com/g/p/-/tags/v1', URL)).toMatchObject({
    path: 'g/p',
    ref: { type: 'tag', name: 'v1' },
  });
  expect(readRefName('https://gitlab.com/g/p/-/tree/main')).toBe('main');
  expect(readRefName('main')).toBe('main');
});

test('another host, a bare name and a wrong ID are refused in words for the prompt', () => {
  for (const text of [
    'https://evil.example/g/p',
    'git@evil.example:g/p.git',
    'name',
    'g/p=x',
    'g/p=',
  ]) {
    const place = readPlace(text, URL);
    expect(place).toHaveProperty('flaw');
    expect(JSON.stringify(place)).not.toMatch(/--|yaml|flag|NaN/);
  }
});

test('no text makes the readers throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      readPlace(text, URL);
      readRefName(text);
      readIds(text, ['g/p']);
      readDuration(text);
    }),
  );
});

test('an account ID is read with quotes, spaces or dashes', () => {
  for (const text of ['123456789012', '"123456789012"', '1234-5678-9012', ' 1234 5678 9012 '])
    expect(readAccountId(text)).toBe('123456789012');
});

test('a duration is read in hours, minutes or seconds, and is never NaN', () => {
  for (const text of ['1h', '60m', '3600', '3600s', ' 1H ', '"1h"'])
    expect(readDuration(text)).toBe(3600);
  expect(readDuration('1h30m')).toBe(5400);
  for (const text of ['', 'h', 'x', '1d', '-1', '1.5h']) expect(readDuration(text)).toBeUndefined();
  fc.assert(fc.property(fc.string(), (text) => !Number.isNaN(readDuration(text))));
});

test('a thumbprint is read as OpenSSL shows it', () => {
  const digits = fc.stringMatching(/^[0-9a-f]{40}$/);
  fc.assert(
    fc.property(digits, (hex) => {
      const colons = hex.toUpperCase().replace(/..(?!$)/g, '$&:');
      for (const text of [hex, colons, `sha1 Fingerprint=${colons}`])
        expect(readThumbprint(text)).toBe(hex);
    }),
  );
});

test('IDs are read in order or by path, and a wrong count is refused', () => {
  const paths = ['g/a', 'g/b'];
  const both = new Map([['g/a', 1], ['g/b', 2]]); // prettier-ignore
  expect(readIds('1, 2', paths)).toEqual({ ids: both });
  expect(readIds('g/b=2\ng/a=1', paths)).toEqual({ ids: both });
  expect(readIds('1', paths)).toMatchObject({ flaw: { what: 'expected 2 IDs, got 1' } });
  expect(readIds('g/c=1', paths)).toHaveProperty('flaw');
});
