import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import {
  filesBelow,
  proseOfPage,
  proseOfSource,
  testNamesOf,
  type Prose,
} from '../support/tools/prose.ts';

/** What is not written, and what is written instead. */
const GLOSSARY: readonly (readonly [not: RegExp, write: string])[] = [
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\b(told|said)\b/i, 'reported, shown'],
  [
    /(?<!\bthere )\b(is|are|was|were|be) no\b(?! (longer|more|less|different|one)\b)/i,
    'is not a, has no',
  ],
  [/\bstay(s|ed|ing)?\b/i, 'is kept, remains'],
  [/\bof then\b/i, 'previous'],
  [/\bapart by commas\b/i, 'comma-separated'],
  [/\bEnter (leaves|takes)\b/, 'Press Enter to skip'],
  [/\b(that|which) (is|are|was|were) there\b/i, 'existing'],
  [/\b(lets? (\w+ )?in|c[oa]mes? in)\b/i, 'may assume, is allowed'],
  [/\bis any (branch|tag|ref|project)\b/i, 'matches every'],
  [/(^|[.;:!?] )Else\b/, 'Otherwise'],
  [/\banew\b/i, 'again'],
  [/\bbesides\b/i, 'in addition'],
  [/\btrusts no\b/i, 'does not trust a'],
  [/\bjudg(e|es|ed|ing)\b/i, 'check, review'],
  [/\btak(e|es|en) for granted\b/i, 'assumed'],
  [/\bnobody (is there|can be (asked|told))\b/i, 'there is no terminal to ask on'],
  [/\bthere (is|are) \w+ \w+ too many\b/i, 'expected …, got …'],
  [/\b(AWS|GitLab|IAM|CloudFormation) (takes|does not take)\b/i, 'accepts, allows, rejects'],
  [/\bcan(not)? be told\b/i, 'cannot be determined'],
  [/\bwhoever\b/i, 'anyone who'],
  [/\b(please|simply)\b/i, 'nothing in its place'],
  [/\bcomes? about\b/i, 'fails, succeeds'],
  [/\b\w+(n't|n’t|['’](re|ve|ll))\b/i, 'no contractions'],
  [/\b(it|that|there|what|let|who|here)['’]s\b/i, 'no contractions'],
  [/[‘’“”]/, 'straight quotes and apostrophes'],
];

const SOURCES = filesBelow('src', /\.ts$/).flatMap(proseOfSource);

/** The changes of versions that are out are history, and keep their words. */
const UNRELEASED =
  readFileSync('CHANGELOG.md', 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith('Unreleased')) ?? '';

const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...filesBelow('docs', /\.md$/)],
  ...filesBelow('templates', /\.hbs$/),
].flatMap((path) => proseOfPage(path));

test.each([
  ['the texts and comments of the program', SOURCES],
  ['pages and templates', [...PAGES, ...proseOfPage('CHANGELOG.md', UNRELEASED)]],
  ['the names of the tests', filesBelow('test', /\.test\.ts$/).flatMap(testNamesOf)],
])('%s use the words of the glossary', (_, texts) => {
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.flatMap(misses)).toEqual([]);
});

function misses({ place, text }: Prose): string[] {
  return GLOSSARY.flatMap(([not, write]) => {
    const found = not.exec(text);
    return found ? [`${place}: "${found[0].trim()}"; write: ${write} (${text})`] : [];
  });
}

/** Words of a text: what stands between spaces and has a letter or digit, or is filled in. */
function wordsOf(text: string): number {
  return text.split(' ').filter((word) => /[\p{L}\p{N}…]/u.test(word)).length;
}

/** A sentence ends at a period, question mark, colon or semicolon that a space follows. */
function sentencesOf(text: string): string[] {
  return text
    .replace(/\be\.g\. /g, '')
    .split(/[.?!:;] /)
    .filter((sentence) => wordsOf(sentence) > 0);
}

test('the sentences of a prompt or an error have at most 18 words on average', () => {
  const texts = SOURCES.filter(({ kind }) => ['message', 'why', 'what', 'fix'].includes(kind));
  expect(texts.length).toBeGreaterThan(300);
  const long = texts.filter(({ text }) => wordsOf(text) / sentencesOf(text).length > 18);
  expect(long.map(({ place, text }) => `${place}: ${text}`)).toEqual([]);
});

test('the hint of a question has at most 15 words', () => {
  const hints = SOURCES.filter(
    ({ kind, place }) => kind === 'why' && /^src\/(interview|permissions|commands)\//.test(place),
  );
  expect(hints.length).toBeGreaterThan(30);
  const long = hints.filter(({ text }) => wordsOf(text) > 15);
  expect(long.map(({ place, text }) => `${place}: ${text}`)).toEqual([]);
});
