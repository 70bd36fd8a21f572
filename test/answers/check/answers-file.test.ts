import { describe, expect, test } from '@jest/globals';
import { completeAnswers, readAnswersText } from '../../../src/answers/read.ts';
import { problemsText } from '../../../src/terminal/report.ts';
import { linesOnScreen, problemsOf } from '../../support/builders/problems.ts';

const read = (text: string) => {
  const { draft, locate } = readAnswersText(text, 'answers.yaml');
  return completeAnswers(draft, locate);
};

const NINE_TIMES = (alias: string) => `[${Array(9).fill(alias).join(', ')}]`;
const MULTIPLYING = `a: &a ${NINE_TIMES('x')}
b: &b ${NINE_TIMES('*a')}
c: &c ${NINE_TIMES('*b')}
d: &d ${NINE_TIMES('*c')}
e: &e ${NINE_TIMES('*d')}
f: &f ${NINE_TIMES('*e')}
g: ${NINE_TIMES('*f')}
`;

describe('a file that is not YAML is refused with the line', () => {
  test.each<[name: string, text: string, where: string, what: RegExp]>([
    ['an open bracket', 'version: 2\nroles: [\n', 'answers.yaml:3:1', /not YAML/],
    ['a tab as indent', 'gitlab:\n\turl: x\n', 'answers.yaml:2:1', /not YAML/],
    ['a key twice', 'version: 2\nversion: 2\n', 'answers.yaml:2:1', /duplicated mapping key/],
    [
      'two documents',
      'version: 2\n---\nversion: 2\n',
      'answers.yaml:3:1',
      /a second document begins/,
    ],
    ['an open quote', 'gitlab: "https\n', 'answers.yaml:2:1', /not YAML/],
    ['a tag of its own', 'version: !mine 1\n', 'answers.yaml:1:10', /unknown scalar tag/],
    ['an alias to nothing', 'aws: *missing\n', 'answers.yaml:1:7', /unidentified alias "missing"/],
    [
      'aliases that multiply',
      MULTIPLYING,
      'answers.yaml',
      /its aliases stand for more than 1000000 values/,
    ],
    ['nothing', '', 'answers.yaml', /holds no answers/],
    ['a list', '- version: 2\n', 'answers.yaml', /holds no answers/],
    ['a text', 'https://gitlab.com\n', 'answers.yaml', /holds no answers/],
  ])('%s', (_, text, where, what) => {
    const problems = problemsOf(() => read(text));
    expect(problems).toEqual([
      { where, what: expect.stringMatching(what), fix: expect.stringMatching(/\w{3}/) },
    ]);
    expect(linesOnScreen(problemsText(problems))).toBeLessThanOrEqual(20);
  });
});

test.each([
  ['roles: [main\n', /a quote or bracket may be open/],
  ['branches: [*]\n', /Put a value that begins with \* in quotes: "\*"/],
  ['branches: *main\n', /begins with \* in quotes/],
  ['gitlab:\n\turl: x\n', /Indent with spaces/],
  ['version: 2\nversion: 2\n', /Keep one of the two/],
])('the fix for %j is shown', (text, fix) => {
  expect(problemsOf(() => read(text))).toMatchObject([{ fix: expect.stringMatching(fix) }]);
});

test('an answer is named with its line and column in the file', () => {
  const text = `version: 2
gitlab: { url: https://gitlab.com }
aws: { region: eu-west-1, account_id: 012345678901 }
provider: { mode: create }
roles:
  - name: deploy
    projects: [{ path: mygroup/myproject }]
    refs: { branches: [main] }
    permissions: {}
    enviroment: production
output: hcl
state: { backend: local }
ci: { credentials: web-identity }
`;
  expect(problemsOf(() => read(text)).map(({ where }) => where)).toEqual([
    'answers.yaml:3:27: aws.account_id',
    'answers.yaml:10:5: roles[0].enviroment',
  ]);
});
