import { isGuard } from '../guard.ts';
import type { Rule } from '../rule.ts';

export const audienceUnpinned: Rule = {
  id: 'OIDC111',
  name: 'audience-unpinned',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Several audiences at the provider and no `aud` condition',
  why: 'The provider takes a token for any of its client ids. Without an `aud` condition a token made for another service that shares the provider opens this role.',
  example: 'A job’s token for `vault.acme.example`, handed to that server, signs in to AWS there.',
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
        message: `no condition on aud, and the provider takes ${clientIds.join(', ')}`,
      })),
};
