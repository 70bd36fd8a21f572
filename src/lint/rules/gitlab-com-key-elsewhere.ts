import { GITLAB_COM, GITLAB_COM_CLAIMS } from '../../iam/condition-keys.ts';
import type { Rule } from '../rule.ts';
import { sightKeys } from '../sight.ts';

export const gitlabComKeyElsewhere: Rule = {
  id: 'OIDC013',
  name: 'gitlab-com-key-elsewhere',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A key that AWS has for gitlab.com only',
  why: 'For any other host, AWS reads only `sub` and `aud`. The key is absent from every request, and an absent key does not match.',
  example: '`"gitlab.example.com:project_id": "20"`: AccessDenied for every job.',
  fix: 'Put it into the subject instead: set ci_id_token_sub_claim_components with project_id first, then match project_id:20:…',
  check: (subject) =>
    sightKeys(
      subject,
      ({ issuer, claim }, { ownIssuers }) =>
        GITLAB_COM_CLAIMS.includes(claim) &&
        issuer.toLowerCase() !== GITLAB_COM &&
        ownIssuers.has(issuer.toLowerCase()),
      (key) => `AWS has "${key}" for gitlab.com only`,
    ),
};
