import { expect, test } from '@jest/globals';
import { completeAnswers } from '../../src/answers/read.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { problemsOf } from '../support/builders/problems.ts';
import { answersWith } from '../support/builders/drafts.ts';

const PORT = { 'gitlab.url': 'https://GitLab.internal:8443/' };

test('an instance that another host stands in for may have a port, which AWS never sees', () => {
  const draft = answersWith({ ...PORT, 'gitlab.issuer': 'https://oidc.example.org' });
  const { issuer } = blueprintOf(completeAnswers(draft));
  expect(issuer).toMatchObject({
    instanceUrl: 'https://gitlab.internal:8443',
    url: 'https://oidc.example.org',
    prefix: 'oidc.example.org',
  });
});

test('one that is its own issuer may not', () => {
  expect(problemsOf(() => completeAnswers(answersWith(PORT)))).toMatchObject([
    { where: 'gitlab.url', what: expect.stringContaining('names a port') },
  ]);
});
