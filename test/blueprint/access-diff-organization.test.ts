import { expect, test } from '@jest/globals';
import type { Organization } from '../../src/answers/schema.ts';
import { accessDiffByAccount } from '../../src/blueprint/access-diff/by-account.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { answers } from '../support/builders/answers.ts';

function changes(before: Organization | undefined, after: Organization | undefined): string[][] {
  const [had, has] = [before, after].map((organization) =>
    blueprintOf(answers(organization ? { organization } : {})),
  );
  if (!had || !has) return [];
  return accessDiffByAccount(had, has).changes.map(({ kind, text }) => [kind, text]);
}

const ACME: Organization = { groups: [{ path: 'acme' }] };

test('policies of an organization show what they deny from now on', () => {
  expect(changes(undefined, ACME)).toEqual([
    [
      'lost',
      'the resource control policy denies every token of this GitLab but those of every project in acme; the service control policy protects the provider and the roles',
    ],
  ]);
  expect(changes(ACME, undefined).map(([kind]) => kind)).toEqual(['gained']);
});

test.each<[what: string, groups: Organization['groups'], expected: string[][]]>([
  [
    'a further group',
    [{ path: 'acme' }, { path: 'partner' }],
    [['gained', 'the resource control policy no longer denies tokens of every project in partner']],
  ],
  [
    'another group',
    [{ path: 'partner' }],
    [
      ['gained', 'the resource control policy no longer denies tokens of every project in partner'],
      ['lost', 'the resource control policy now denies tokens of every project in acme'],
    ],
  ],
  [
    'a group below one that is there',
    [{ path: 'acme' }, { path: 'acme/team' }],
    [
      [
        'unchanged',
        'the resource control policy now names acme/team, which changes nothing: another group admits the same projects',
      ],
    ],
  ],
  [
    'a group by its ID, which admits every form of subject, below one by its path',
    [{ path: 'acme' }, { path: 'acme/team', namespace_id: 7 }],
    [
      [
        'gained',
        'the resource control policy no longer denies tokens of the projects of acme/team itself whose subject does not begin with project_path',
      ],
    ],
  ],
  [
    'a path that only begins like one that is there',
    [{ path: 'acme' }, { path: 'acme2' }],
    [['gained', 'the resource control policy no longer denies tokens of every project in acme2']],
  ],
  [
    'the ID of a project',
    [{ path: 'acme', project_ids: [7] }],
    [
      [
        'changed',
        'the resource control policy admits other tokens: compare org/ with what is attached',
      ],
    ],
  ],
])('%s', (_, groups, expected) => {
  expect(changes(ACME, { groups })).toEqual(expected);
});

test('a group that was admitted by its ID and now is by its path loses the other forms of subject', () => {
  expect(changes({ groups: [{ path: 'acme', namespace_id: 7 }] }, ACME)).toEqual([
    ['gained', 'the resource control policy no longer denies tokens of every project in acme'],
    [
      'lost',
      'the resource control policy now denies tokens of the projects of acme itself whose subject does not begin with project_path',
    ],
  ]);
});

test('roles that may change what is protected', () => {
  expect(
    changes({ ...ACME, exceptions: ['one', 'two'] }, { ...ACME, exceptions: ['two', 'three'] }),
  ).toEqual([
    ['gained', 'the role three may now change what the service control policy protects'],
    ['lost', 'the role one may no longer change what the service control policy protects'],
  ]);
});

test('the same policies change nothing', () => {
  expect(changes(ACME, ACME)).toEqual([]);
});
