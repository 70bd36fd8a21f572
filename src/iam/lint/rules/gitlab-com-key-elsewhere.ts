import { GITLAB_COM, GITLAB_COM_CLAIMS, readKey } from '../../condition-keys.ts';
import type { Rule } from '../rule.ts';

export const gitlabComKeyElsewhere: Rule = {
  id: 'OIDC013',
  name: 'gitlab-com-key-elsewhere',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A key that AWS has for gitlab.com only',
  why: 'For any other host AWS reads `sub` and `aud` and nothing else. The key is absent from every request, and an absent key does not match.',
  example: '`"gitlab.example.com:project_id": "20"`: AccessDenied for every job.',
  mend: 'Put it into the subject instead: ci_id_token_sub_claim_components with project_id first, then project_id:20:…',
  check: ({ statements }) =>
    statements.flatMap(({ statement, issuers }) => {
      const own = new Set(issuers.map((issuer) => issuer.toLowerCase()));
      return statement.conditions
        .filter(({ key }) => {
          const { issuer, claim } = readKey(key);
          const elsewhere = issuer.toLowerCase() !== GITLAB_COM && own.has(issuer.toLowerCase());
          return elsewhere && GITLAB_COM_CLAIMS.includes(claim);
        })
        .map(({ path, key }) => ({ path, message: `AWS has "${key}" for gitlab.com only` }));
    }),
};
