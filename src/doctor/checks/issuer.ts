import type { Check } from '../check.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { failed, ok, unknown } from '../outcome.ts';
import { claim } from '../facts/token-facts.ts';

export const issuer: Check = {
  id: 'DOC008',
  name: 'issuer',
  about:
    "the issuer: https without a port at a public address. Its discovery document and keys answer within 5 seconds, and its `issuer` is the token's `iss`",
  needs: 'the network',
  examine: (facts) => {
    const { issuer: report } = facts;
    if (!report) return unknown('the URL of the issuer is unknown');
    const [obstacle] = report.obstacles;
    if (obstacle) {
      const notRequested =
        report.jwks?.failureKind === 'private-address'
          ? `. ${report.jwksUri ?? ''} was not requested: without --allow-private, a host other than the issuer's is not contacted at a private address`
          : '';
      return failed(
        `AWS cannot reach the issuer: ${obstacle.host} ${obstacle.what}${notRequested}`,
        PUBLIC_ISSUER,
      );
    }
    const unread = [report.discovery, report.jwks].find((one) => one?.failure !== undefined);
    if (unread?.failure !== undefined) {
      const { url, failure, failureKind } = unread;
      if (failureKind === 'unknown-host') {
        return unknown(`the host of ${url} cannot be resolved from here`);
      }
      return failed(`AWS cannot read the issuer's keys: ${url}: ${failure}`, {
        ...PUBLIC_ISSUER,
        text: `Make it answer from the internet within 5 seconds. If it already does, run the job again: AWS may have been throttled. ${PUBLIC_ISSUER.text}`,
      });
    }
    const iss = claim(facts, 'iss');
    if (iss !== undefined && report.issuer !== iss) {
      return failed(
        `the discovery document of ${report.url} names the issuer ${report.issuer ?? ''}, but the token names ${iss}`,
        {
          place: 'gitlab',
          text: 'Set one address for the instance in gitlab.rb, and run gitlab-ctl reconfigure',
          change: `external_url '${iss}'`,
        },
      );
    }
    const doubt = report.addressesKnown
      ? ''
      : '; whether they answer from the internet cannot be determined from here';
    return ok(`the discovery document and the keys of ${report.url} answer${doubt}`);
  },
};

const PUBLIC_ISSUER: Fix = {
  place: 'gitlab',
  text: 'An instance that is not public can use a public https host as its issuer (GitLab 18.1). Copy the discovery document and the keys there, set this in gitlab.rb, and create a provider for that URL',
  change: "gitlab_rails['ci_id_tokens_issuer_url'] = 'https://oidc.example.com'",
};
