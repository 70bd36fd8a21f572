import type { Check } from '../check.ts';
import { failed, ok, unknown, type Fix } from '../outcome.ts';
import { claim } from '../facts/token-facts.ts';

export const issuer: Check = {
  name: 'issuer',
  examine: (facts) => {
    const { issuer: report } = facts;
    if (!report) return unknown('the address of the issuer is not known');
    const [obstacle] = report.obstacles;
    if (obstacle) {
      const withheld = report.jwks?.withheld
        ? `; ${report.jwksUri ?? ''} was not requested from here either: another host than the issuer’s is asked at private addresses only with --allow-private`
        : '';
      return failed(
        `AWS cannot reach the issuer: ${obstacle.host} ${obstacle.what}${withheld}`,
        PUBLIC_ISSUER,
      );
    }
    const failure = report.discovery.failure ?? report.jwks?.failure;
    if (failure !== undefined) {
      const url = report.discovery.failure === undefined ? report.jwksUri : report.discovery.url;
      if (/ENOTFOUND|EAI_AGAIN/.test(failure)) {
        return unknown(`${url ?? ''} has no address that can be found from here`);
      }
      return failed(`AWS cannot get the issuer’s keys: ${url ?? ''}: ${failure}`, {
        ...PUBLIC_ISSUER,
        text: `Make it answer from the internet within 5 seconds. Where it does, run the job again: AWS may have been throttled. ${PUBLIC_ISSUER.text}`,
      });
    }
    const iss = claim(facts, 'iss');
    if (iss !== undefined && report.issuer !== iss) {
      return failed(
        `the discovery document of ${report.url} says that the issuer is ${report.issuer ?? ''}, the token says ${iss}`,
        {
          place: 'gitlab',
          text: 'Give the instance one address, in gitlab.rb, and run gitlab-ctl reconfigure',
          change: `external_url '${iss}'`,
        },
      );
    }
    const doubt = report.addressesKnown
      ? ''
      : '; whether from the internet cannot be told from here';
    return ok(`discovery and keys of ${report.url} answer${doubt}`);
  },
};

const PUBLIC_ISSUER: Fix = {
  place: 'gitlab',
  text: 'Of an instance that is not public, GitLab 18.1 and newer can name a public https host as issuer; copy discovery document and keys there, set this in gitlab.rb, and make a provider for that address',
  change: "gitlab_rails['ci_id_tokens_issuer_url'] = 'https://oidc.example.com'",
};
