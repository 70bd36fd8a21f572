import { idTokensLines } from '../../iam/messages/fix.ts';
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
  id: 'DOC005',
  name: 'claims',
  about: 'the claims `iss`, `sub`, `exp` and `iat`, and which GitLab issued them',
  needs: 'the token, or its claims',
  examine: (facts) => {
    const { claims, token, job } = facts;
    if (!claims) return unknown('the claims of the token are unknown');
    const missing = NEEDED.filter((name) => claim(facts, name) === undefined);
    if (token && missing.length > 0) {
      return failed(
        `the token has no ${missing.join(', no ')}, so it is not an ID token of GitLab`,
        {
          place: 'ci',
          text: 'Use the token that id_tokens declares',
          change: idTokensLines('https://gitlab.com'),
        },
      );
    }
    if (!token) return ok(`used as given, sub ${claim(facts, 'sub') ?? 'unknown'}`);
    const [, version] = SINCE.find(([name]) => name in claims) ?? [];
    const server = job?.['CI_SERVER_VERSION'];
    const release = server ?? (version === undefined ? undefined : `${version} or newer`);
    return ok(
      `from ${claim(facts, 'iss') ?? ''}, sub ${claim(facts, 'sub') ?? ''}${release === undefined ? '' : `, from GitLab ${release}`}`,
    );
  },
};
