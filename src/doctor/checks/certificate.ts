import type { IssuerReport } from '../../gitlab/issuer/inspect.ts';
import { awsCommand } from '../fixes/aws-command.ts';
import type { Check } from '../check.ts';
import type { Facts } from '../facts/facts.ts';
import { failed, ok, unknown, type Fix } from '../outcome.ts';
import { wantedProvider } from '../facts/token-facts.ts';

export const certificate: Check = {
  name: 'certificate',
  examine: (facts) => {
    const { issuer, provider } = facts;
    const tls = issuer?.jwks?.tls;
    if (!tls) return unknown('the host of the keys was not reached');
    if (tls.distrust !== undefined && OWN_FAULT.test(tls.distrust)) {
      return failed(`the certificate of ${issuer.jwksUri ?? ''} will not do: ${tls.distrust}`, {
        place: 'gitlab',
        text: 'Give the server a certificate for its name that is valid today',
      });
    }
    const { thumbprint } = issuer;
    const order = tls.inOrder && tls.strangers.length === 0 ? '' : ORDER;
    if (tls.signer === 'public') return ok(`a public CA signed it${order}`);
    if (!thumbprint) return unknown('the server sent no certificate');
    const who = tls.signer === 'private' ? 'a private CA' : 'no CA that is known here';
    if (!provider) return unknown(`${who} signed it; AWS needs the thumbprint ${thumbprint.sha1}`);
    const fits = [thumbprint.sha1, thumbprint.root].some(
      (sha1) => sha1 !== undefined && provider.thumbprints.includes(sha1),
    );
    if (fits) return ok(`${who} signed it, and the provider has its thumbprint${order}`);
    return failed(
      `${who} signed the certificate of the issuer’s keys, and the provider has ${
        provider.thumbprints.length > 0 ? 'another thumbprint than' : 'not the thumbprint'
      } ${thumbprint.sha1} of ${thumbprint.subject}`,
      ...fixesOf(facts, thumbprint),
    );
  },
};

/** What no thumbprint fixes. */
const OWN_FAULT = /EXPIRED|NOT_YET_VALID|ALTNAME/;

const ORDER = '; the server sends its chain out of order or with strangers in it';

function fixesOf(facts: Facts, thumbprint: NonNullable<IssuerReport['thumbprint']>): Fix[] {
  const { provider, repository } = facts;
  const arn = wantedProvider(facts);
  const sha1s = [thumbprint.sha1, ...(thumbprint.root === undefined ? [] : [thumbprint.root])];
  const answer: Fix | undefined = repository && {
    place: 'answers',
    text: `At ${repository.locate('provider')}, list it, then run update and deploy`,
    change:
      `provider:\n  thumbprints:\n${sha1s.map((one) => `    - "${one}"\n`).join('')}`.trimEnd(),
  };
  const command: Fix | undefined =
    arn === undefined || provider?.from !== 'aws'
      ? undefined
      : {
          place: 'aws',
          text: 'Give the provider the thumbprint',
          change: awsCommand('iam update-open-id-connect-provider-thumbprint', {
            OpenIDConnectProviderArn: arn,
            ThumbprintList: sha1s,
          }),
        };
  return [command, answer].filter((fix) => fix !== undefined);
}
