import { expect, test } from '@jest/globals';
import { compareInventories } from '../../src/compare/compare-inventories.ts';
import { effectInWords } from '../../src/compare/words.ts';
import { trustPolicy } from '../iam/trust-policy.ts';
import { allow, GITLAB_COM, policy } from '../iam/vectors/vector.ts';

const PLACE = { file: 'roles.json', path: '' };

type Grants = readonly Readonly<Record<string, string>>[];

/** What becomes different where a role admits other subjects, in words. */
function changes(before: Grants, after: Grants): string[] {
  const [had, has] = [before, after].map((all) => ({
    roles: [
      {
        key: { account: '123456789012', name: 'deploy' },
        label: 'deploy',
        place: PLACE,
        trust: trustPolicy(
          policy(
            ...all.map(({ sub = '', ...claims }) => {
              const keys = Object.entries({ sub, ...claims });
              const named = keys.map(([claim, value]) => [`gitlab.com:${claim}`, value] as const);
              return allow(GITLAB_COM, { StringLike: Object.fromEntries(named) });
            }),
          ),
        ),
        trustPlace: PLACE,
        providers: [],
      },
    ],
    providers: [],
    policies: [],
    unreadable: [],
  }));
  if (!had || !has) throw new Error('two sides are compared');
  const [role] = compareInventories(had, has).roles;
  return (role?.effects ?? []).map((effect) => `${effect.kind}: ${effectInWords(effect)}`);
}

const sub = (path: string, ref = 'main') => ({
  sub: `project_path:${path}:ref_type:branch:ref:${ref}`,
});

test.each<[name: string, before: Grants, after: Grants, words: string[]]>([
  [
    'a project of the group keeps it',
    [sub('acme/*')],
    [sub('acme/web')],
    ['loses: every project in acme: branch main, except acme/web'],
  ],
  [
    'two projects and a subgroup keep it',
    [sub('acme/*')],
    [sub('acme/web'), sub('acme/api'), sub('acme/team/*')],
    [
      'loses: every project in acme: branch main, except acme/web, acme/api and every project in acme/team',
    ],
  ],
  [
    'a project keeps it from protected refs',
    [sub('acme/*')],
    [{ ...sub('acme/web'), ref_protected: 'true' }],
    [
      'loses: every project in acme: branch main, except acme/web: branch main, protected refs only',
    ],
  ],
  [
    'one branch keeps it',
    [sub('acme/web', '*')],
    [sub('acme/web')],
    ['loses: acme/web: branches *, except branch main'],
  ],
  [
    'one project had it already',
    [sub('acme/web')],
    [sub('acme/*')],
    ['gains: every project in acme: branch main, except acme/web'],
  ],
  [
    'what others have is not an exception',
    [sub('acme/*')],
    [sub('other/web'), sub('acme/web', 'dev'), sub('acme-2/*')],
    [
      'gains: acme/web: branch dev',
      'gains: every project in acme-2: branch main',
      'gains: other/web: branch main',
      'loses: every project in acme: branch main',
    ],
  ],
  [
    'of many, some are named',
    [sub('acme/*')],
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => sub(`acme/${name}`)),
    [
      'loses: every project in acme: branch main, except acme/a, acme/b, acme/c, acme/d, acme/e and 2 more',
    ],
  ],
])('%s', (_, before, after, words) => {
  expect(changes(before, after).sort()).toEqual([...words].sort());
});
