import { ANY_ISSUER_CLAIMS, claimsOf, GITLAB_COM_CLAIMS } from '../../iam/condition-keys.ts';
import type { Rule } from '../rule.ts';
import { sightKeys } from '../sight.ts';

const KNOWN = new Set([...ANY_ISSUER_CLAIMS, ...GITLAB_COM_CLAIMS]);

/** Names of the same thing elsewhere. */
const MEANT: Readonly<Record<string, string>> = {
  audience: 'aud',
  azp: 'aud',
  client_id: 'aud',
  email: 'user_email',
  login: 'user_login',
  namespace_path: 'namespace_id',
  subject: 'sub',
  username: 'user_login',
};

export const unknownKey: Rule = {
  id: 'OIDC012',
  name: 'unknown-key',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A condition key that AWS does not have',
  why: 'AWS reads `sub` and `aud` from every token, and nine more claims from the tokens of gitlab.com. `environment`, `ref`, `ref_type`, `project_path` and the other claims have no key, whatever public guides say. An absent key does not match.',
  example: '`"gitlab.com:environment": "production"`: AccessDenied for every job.',
  fix: 'Put it into the subject. It contains ref and ref_type by default; add deployment_tier or environment_protected with ci_id_token_sub_claim_components',
  check: (subject) =>
    sightKeys(
      subject,
      ({ issuer, claim }, { ownIssuers }) =>
        !KNOWN.has(claim) && ownIssuers.has(issuer.toLowerCase()),
      (key) => `AWS has no key "${key}"`,
      ({ issuer, claim }) => {
        const meant = MEANT[claim];
        return meant !== undefined && claimsOf(issuer).includes(meant)
          ? `Use "${issuer}:${meant}"`
          : undefined;
      },
    ),
};
