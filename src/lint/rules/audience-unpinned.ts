import { isGuard } from '../guard.ts';
import type { Rule } from '../rule.ts';

export const audienceUnpinned: Rule = {
  id: 'OIDC111',
  name: 'audience-unpinned',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Several audiences at the provider and no `aud` condition',
  why: 'The provider accepts a token for any of its client IDs. Without an `aud` condition, a token made for another service that shares the provider can assume this role.',
  example:
    'A job sends its token for `vault.acme.example` to that server, which can then sign in to AWS with it.',
  fix: 'Add "<host>:aud" under StringEquals with the one audience',
  check: ({ statements, context: { clientIds = [] } }) =>
    statements
      .filter(
        ({ statement }) =>
          clientIds.length > 1 &&
          !statement.conditions.some((one) => one.claim === 'aud' && isGuard(one)),
      )
      .map(({ statement }) => ({
        path: `${statement.path}.Condition`,
        message: `no condition on aud, and the provider accepts ${clientIds.join(', ')}`,
      })),
};
