import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { projectOfRemote } from '../../../src/gitlab/remote.ts';

test.each([
  ['https://gitlab.com/mygroup/shop.git', 'https://gitlab.com', 'mygroup/shop'],
  ['https://me:secret@gitlab.com/mygroup/sub/shop', 'https://gitlab.com', 'mygroup/sub/shop'],
  ['git@gitlab.com:mygroup/shop.git', 'https://gitlab.com', 'mygroup/shop'],
  ['gitlab.com:mygroup/shop', 'https://gitlab.com', 'mygroup/shop'],
  ['ssh://git@gitlab.com:2222/mygroup/shop.git', 'https://gitlab.com', 'mygroup/shop'],
  ['https://example.com/gitlab/a/b.git', 'https://example.com/gitlab', 'a/b'],
  ['git@example.com:a/b.git', 'https://example.com/gitlab', 'a/b'],
  ['https://github.com/mygroup/shop.git', 'https://gitlab.com', undefined],
  ['https://example.com/other/a/b.git', 'https://example.com/gitlab', undefined],
  ['https://gitlab.com/shop.git', 'https://gitlab.com', undefined],
  ['/srv/git/mygroup/shop.git', 'https://gitlab.com', undefined],
  ['file:///srv/git/mygroup/shop', 'https://gitlab.com', undefined],
  ['https://gitlab.com/%ff/shop', 'https://gitlab.com', undefined],
])('%s at %s is %s', (remote, instance, project) => {
  expect(projectOfRemote(remote, instance)).toBe(project);
});

test('whatever a remote is, what comes of it is a path or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (path) => {
      for (const remote of [path, `git@gitlab.com:${path}`, `https://gitlab.com/${path}`]) {
        const project = projectOfRemote(remote, 'https://gitlab.com');
        expect(project ?? 'a/b').toMatch(/^[\w.-]+(\/[\w.-]+)+$/);
      }
    }),
  );
});
