import { expect, test } from '@jest/globals';
import { problemsText } from '../../src/terminal/report.ts';

test.each([
  ['this is not JSON', 'This is not JSON.'],
  ['see the token, whole', 'See the token, whole.'],
  ['gitlab.example.com is not known here', 'gitlab.example.com is not known here.'],
  ['sub_components is a list', 'sub_components is a list.'],
  ['"pol.json" is not JSON: why?', '"pol.json" is not JSON: why?'],
])('%j is shown as a sentence, in which a name keeps its letters', (text, sentence) => {
  const lines = problemsText([{ where: 'roles[0]', what: text, fix: text }]).split('\n');
  expect(lines.slice(1)).toEqual([`  ${sentence}`, `  ${sentence}`, '']);
});
