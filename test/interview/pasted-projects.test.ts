import { expect, test } from '@jest/globals';
import { applyFlags } from '../../src/interview/apply-flags.ts';
import { ProblemError } from '../../src/text/problem.ts';
import type { FlagValues } from '../../src/interview/flags.ts';

const noFile = () => '';

function role(flags: FlagValues, draft = {}): unknown {
  const { roles } = applyFlags(draft, flags, noFile) as { roles: unknown[] };
  return roles[0];
}

test.each([
  [
    'a project',
    'https://gitlab.com/mygroup/sub/shop',
    { projects: [{ path: 'mygroup/sub/shop' }] },
  ],
  [
    'a project with its ID',
    'https://gitlab.com/mygroup/shop=20',
    { projects: [{ path: 'mygroup/shop', id: 20 }] },
  ],
  ['a remote', 'https://gitlab.com/mygroup/shop.git', { projects: [{ path: 'mygroup/shop' }] }],
  [
    'a branch',
    'https://gitlab.com/mygroup/shop/-/tree/release/1.0?ref_type=heads',
    { projects: [{ path: 'mygroup/shop' }], refs: { branches: ['release/1.0'] } },
  ],
  [
    'a tag',
    'https://gitlab.com/mygroup/shop/-/tags/v1.0.0',
    { projects: [{ path: 'mygroup/shop' }], refs: { tags: ['v1.0.0'] } },
  ],
])('--project accepts the address of %s', (_, address, expected) => {
  expect(role({ project: [address] })).toEqual(expected);
});

test('refs that flags name win over the branch of an address', () => {
  expect(role({ project: ['https://gitlab.com/g/p/-/tree/dev'], branch: ['main'] })).toEqual({
    projects: [{ path: 'g/p' }],
    refs: { branches: ['main'] },
  });
});

test('an address is of the instance that flags or the file name', () => {
  const address = 'https://gitlab.example.com/gitlab/g/p';
  const url = 'https://gitlab.example.com/gitlab';
  expect(role({ project: [address], 'gitlab-url': url })).toEqual({ projects: [{ path: 'g/p' }] });
  expect(role({ project: [address] }, { gitlab: { url } })).toEqual({
    projects: [{ path: 'g/p' }],
  });
  expect(() => role({ project: [address] })).toThrow(
    new ProblemError([
      {
        where: '--project',
        what: '"https://gitlab.example.com/gitlab/g/p" is not the address of a project of https://gitlab.com',
        fix: 'Give its path, e.g. mygroup/myproject',
      },
    ]),
  );
});
