import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { completeAnswers, readAnswersText } from '../../src/answers/read.ts';
import { isPattern } from '../../src/gitlab/ref.ts';
import { ProblemError } from '../../src/text/problem.ts';
import { gitAccepts } from '../support/tools/git.ts';
import { refCandidate } from '../support/builders/hostile.ts';
import { runs } from '../support/tools/runs.ts';

describe('a ref that cannot be held', () => {
  test.each([
    ['the space that git refuses', 'a b'],
    ['a control character', 'a\u0007'],
    ['a part that ends in .lock', 'a.lock/b'],
    ['a full ref, which GitLab refuses', 'refs/heads/main'],
    ['a character beyond Latin-1', 'déploiement-日本'],
    ['a character beyond the BMP', '🚀'],
    ['half of a surrogate pair', 'a\ud83d'],
  ])('%s is refused, naming the place', (_, name) => {
    expect(placesRefused({ refs: { branches: ['main', name], tags: [name] } })).toEqual([
      'roles[0].refs.branches[1]',
      'roles[0].refs.tags[0]',
    ]);
  });

  test('whatever git refuses is refused', () => {
    const names = fc.sample(refCandidate(), { numRuns: runs(300) }).filter((n) => !isPattern(n));
    const accepted = gitAccepts('branch', names);
    const refused = names.filter((_, index) => !accepted[index]);
    for (const name of refused) {
      expect(placesRefused({ refs: { branches: [name] } })).toContain('roles[0].refs.branches[0]');
    }
    expect(refused.length).toBeGreaterThan(50);
  });
});

describe('other text that cannot be held', () => {
  test.each(['\u00a0', '\u0085', '\u0000', 'Ω', '🚀'])(
    'a description with %j, which AWS refuses',
    (character) => {
      expect(placesRefused({ description: `a${character}` })).toEqual(['roles[0].description']);
    },
  );

  test.each(['{}', '$', '<b>', '\n', '🚀', 'e\u0301'])(
    'a tag value with %j, which AWS refuses or Terraform changes',
    (text) => {
      expect(placesRefused({ tags: { Owner: text } })).toEqual(['roles[0].tags']);
    },
  );

  test('a role path with what GitLab reads as a variable', () => {
    expect(placesRefused({ path: '/%CI_JOB_ID%/' })).toEqual(['roles[0].path']);
    expect(placesRefused({ path: '/100%/%20/$x/' })).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'prototype'])(
    'a name that would be lost on the way: %s',
    (name) => {
      const tags = Object.fromEntries([[name, 'x']]);
      expect(placesRefused({ tags })).toEqual([`roles[0].tags.${name}`]);
      expect(placesRefused(Object.fromEntries([[name, 'x']]))).toContain(`roles[0].${name}`);
    },
  );

  test('an alias inside what it stands for', () => {
    const read = () => readAnswersText('version: 2\nroles: &all [*all]\n', 'answers.yaml');
    expect(read).toThrow('answers.yaml: an alias stands inside what it stands for. Write out');
  });
});

/** Where the answers with such a role are refused; empty when they are not. */
function placesRefused(role: Record<string, unknown>): string[] {
  try {
    completeAnswers({
      version: 2,
      gitlab: { url: 'https://gitlab.com' },
      aws: { region: 'eu-west-1' },
      provider: { mode: 'create' },
      roles: [
        {
          name: 'deploy',
          projects: [{ path: 'g/p' }],
          refs: { branches: ['main'] },
          permissions: {},
          ...role,
        },
      ],
      output: 'cdktf',
      state: { backend: 'local' },
      ci: { credentials: 'web-identity' },
    });
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(({ where }) => where);
    throw error;
  }
}
