import type { Check } from '../check.ts';
import { failed, ok, unknown } from '../outcome.ts';
import { claim } from '../facts/token-facts.ts';

const NEEDED = ['iss', 'sub', 'exp', 'iat'];

/** Claims that came with a version of GitLab. https://docs.gitlab.com/ci/secrets/id_token_authentication/ */
const SINCE: readonly [claim: string, version: string][] = [
  ['job_source', '18.9'],
  ['job_project_id', '18.4'],
  ['runner_environment', '16.0'],
];

export const tokenClaims: Check = {
  name: 'claims',
  examine: (facts) => {
    const { claims, token, job } = facts;
    if (!claims) return unknown('no claims are known');
    const missing = NEEDED.filter((name) => claim(facts, name) === undefined);
    if (token && missing.length > 0) {
      return failed(`the token has no ${missing.join(', no ')}, so it is no ID token of GitLab`, {
        place: 'ci',
        text: 'Use the token of id_tokens, not another one',
        change: 'id_tokens:\n  AWS_ID_TOKEN:\n    aud: https://gitlab.com',
      });
    }
    if (!token) return ok(`taken as given, sub ${claim(facts, 'sub') ?? 'unknown'}`);
    const [, version] = SINCE.find(([name]) => name in claims) ?? [];
    const server = job?.['CI_SERVER_VERSION'];
    const told = server ?? (version === undefined ? undefined : `${version} or newer`);
    return ok(
      `of ${claim(facts, 'iss') ?? ''}, sub ${claim(facts, 'sub') ?? ''}${told === undefined ? '' : `, of GitLab ${told}`}`,
    );
  },
};
