import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { completeAnswers } from '../../src/answers/read.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { shellWord } from '../../src/text/shell-word.ts';
import { answersWith } from '../support/builders/drafts.ts';
import { problemsOf } from '../support/builders/problems.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

const generatorOf = (generator: unknown) =>
  blueprintOf(completeAnswers(answersWith({ 'ci.generator': generator }))).ci.generator;

test.each([
  ['create-gitlab-aws-oidc@0.3.0', 'registry'],
  ['@acme/create-gitlab-aws-oidc@1.2.3', 'registry'],
  ['@acme/create-gitlab-aws-oidc@1.2.3-rc.1', 'registry'],
  ['https://example.com/create-gitlab-aws-oidc-1.2.3.tgz', 'url'],
  ['https://gitlab.com/api/v4/projects/1/packages/generic/oidc/1.2.3/oidc.tgz', 'url'],
  ['https://example.com:8443/a%20b/@acme/x.tar.gz', 'url'],
])('%s is taken', (name, from) => {
  const generator = { package: name, integrity: INTEGRITY };
  expect(generatorOf(generator)).toEqual({ from, ...generator });
});

test("an npm package needs no integrity: the registry's client checks that of the registry", () => {
  expect(generatorOf({ package: 'x@1.2.3' })).toEqual({
    from: 'registry',
    package: 'x@1.2.3',
    integrity: undefined,
  });
});

test('what is taken for a package is one plain word in a shell, and no option', () => {
  const near = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .tuple(
        fc.constantFrom('x', '@a/x', '-', 'https://a.b/'),
        fc.string({ maxLength: 3 }),
        fc.constantFrom('@1.2.3', '.tgz', '@1.2.3-a.b'),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(near, (name) => {
      const problems = problemsOf(() => generatorOf({ package: name, integrity: INTEGRITY }));
      if (problems.length > 0) return;
      expect(shellWord(name)).toBe(name);
      expect(name).toMatch(/^[a-z0-9@]/);
    }),
    { numRuns: 2000 },
  );
});
