import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { failsOn } from '../../../src/lint/gate/fail-on.ts';
import { readGateSettings } from '../../../src/lint/gate/settings.ts';
import { ProblemError } from '../../../src/text/problem.ts';

const locate = (path: readonly (string | number)[]) => ['lint.yaml', ...path].join('/');

function problemsOf(content: unknown) {
  try {
    readGateSettings(content, locate);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  return [];
}

const SUPPRESSION = {
  rule: 'group-wide',
  role: '*/deploy',
  reason: 'moves in March',
  expires: '2027-03-31',
};

test('rules can be named by id or name', () => {
  const { severity, suppressions } = readGateSettings(
    { version: 1, severity: { OIDC109: 'off' }, suppressions: [SUPPRESSION] },
    locate,
  );
  expect(severity.get('OIDC109')).toBe('off');
  expect(suppressions).toEqual([
    { ...SUPPRESSION, rule: 'OIDC102', place: 'lint.yaml/suppressions/0' },
  ]);
});

test.each<[content: unknown, where: string, what: string, fix: string]>([
  [undefined, 'lint.yaml', 'the file does not fit', 'Begin it with version: 1'],
  [{}, 'lint.yaml/version', '"version" is missing', 'Add it'],
  [{ version: 2 }, 'lint.yaml/version', '"version" does not fit', 'Write version: 1'],
  [{ version: 1, rules: [] }, 'lint.yaml/rules', 'there is no field "rules"', 'Remove it'],
  [
    { version: 1, severity: { OIDC109: 'info' } },
    'lint.yaml/severity/OIDC109',
    '"OIDC109" does not fit',
    'Write off, warning or error',
  ],
  [
    { version: 1, severity: { 'group-wid': 'off' } },
    'lint.yaml/severity/group-wid',
    'there is no rule "group-wid"',
    'Did you mean group-wide?',
  ],
  [
    { version: 1, severity: { OIDC102: 'off', 'group-wide': 'error' } },
    'lint.yaml/severity/group-wide',
    'the severity of OIDC102 is set twice, the second time as "group-wide"',
    'Keep one of the two',
  ],
  [
    { version: 1, suppressions: [{ ...SUPPRESSION, reason: undefined }] },
    'lint.yaml/suppressions/0/reason',
    '"reason" is missing',
    'Add it',
  ],
  [
    { version: 1, suppressions: [{ ...SUPPRESSION, reason: '  ' }] },
    'lint.yaml/suppressions/0/reason',
    '"reason" does not fit',
    'Write one line of text',
  ],
  [
    { version: 1, suppressions: [{ ...SUPPRESSION, expires: '2027-06-31' }] },
    'lint.yaml/suppressions/0/expires',
    '"expires" does not fit',
    'Write a day that the calendar has',
  ],
  [
    { version: 1, suppressions: [{ ...SUPPRESSION, role: 'deploy' }] },
    'lint.yaml/suppressions/0/role',
    '"role" does not fit',
    'Write it as account/name, such as 123456789012/deploy, */deploy or */*',
  ],
])('%j is refused with its place', (content, where, what, fix) => {
  expect(problemsOf(content)).toContainEqual({ where, what, fix });
});

test('whatever a file holds, it is read or refused with problems', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (content) => {
      expect(Array.isArray(problemsOf(content))).toBe(true);
    }),
  );
});

test.each<[words: string[], failing: string[]]>([
  [['error'], ['error']],
  [['undetermined'], ['undetermined', 'error']],
  [['warning'], ['warning', 'undetermined', 'error']],
  [['OIDC109'], ['warning']],
  [['mutable-path, error'], ['warning', 'error']],
  [['OIDC001'], []],
])('--fail-on %j fails on %j', (words, failing) => {
  const fails = failsOn(words);
  const all = [
    { id: 'OIDC109', severity: 'warning' },
    { id: 'OIDC201', severity: 'undetermined' },
    { id: 'OIDC009', severity: 'error' },
  ] as const;
  expect(all.filter(fails).map(({ severity }) => severity)).toEqual(failing);
});
