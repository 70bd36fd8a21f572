import type { Claims } from '../../src/gitlab/id-token.ts';

/**
 * The token of a push to the protected branch `main` of acme/web, project 20, on gitlab.com. A policy's token has what
 * differs from it.
 *
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload
 */
const BASE: Claims = {
  iss: 'https://gitlab.com',
  aud: 'https://gitlab.com',
  project_path: 'acme/web',
  project_id: '20',
  namespace_path: 'acme',
  namespace_id: '7',
  user_login: 'alice',
  user_id: '5',
  user_email: 'alice@acme.example',
  user_access_level: 'maintainer',
  pipeline_source: 'push',
  ref: 'main',
  ref_type: 'branch',
  ref_protected: 'true',
  runner_environment: 'gitlab-hosted',
  sub: 'project_path:acme/web:ref_type:branch:ref:main',
};

/** All claims of a token that is given by what differs. */
export function claimsOf(differing: Claims): Claims {
  return { ...BASE, ...differing };
}
