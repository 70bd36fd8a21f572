import type { IssuerReport } from '../../gitlab/issuer/inspect.ts';
import { awsCommand } from '../fixes/aws-command.ts';
import type { Check } from '../check.ts';
import type { Facts } from '../facts/facts.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { failed, ok, unknown } from '../outcome.ts';
import { wantedProvider } from '../facts/token-facts.ts';

export const certificate: Check = {
  id: 'DOC009',
  name: 'certificate',
  about:
    'the certificate of the host of the keys: from a public CA, or from one whose thumbprint the provider lists; valid, and for that host',
  needs: 'the network',
  examine: (facts) => {
    const { issuer, provider } = facts;
    const tls = issuer?.jwks?.tls;
    if (!tls) return unknown("the host of the issuer's keys could not be reached");
    if (tls.distrust !== undefined && INVALID.has(tls.distrust)) {
      return failed(`the certificate of ${issuer.jwksUri ?? ''} is invalid: ${tls.distrust}`, {
        place: 'gitlab',
        text: 'Install a certificate on the server that is valid today and names its host',
      });
    }
    const { thumbprint } = issuer;
    const order = tls.inOrder && tls.strangers.length === 0 ? '' : ORDER;
    if (tls.signer === 'public') return ok(`a public CA signed it${order}`);
    if (!thumbprint) return unknown('the server sent no certificate');
    const who = tls.signer === 'private' ? 'a private CA' : 'an unknown CA';
    if (!provider) return unknown(`${who} signed it; AWS needs the thumbprint ${thumbprint.sha1}`);
    const fits = [thumbprint.sha1, thumbprint.root].some(
      (sha1) => sha1 !== undefined && provider.thumbprints.includes(sha1),
    );
    if (fits) return ok(`${who} signed it, and the provider lists its thumbprint${order}`);
    return failed(
      `${who} signed the certificate of the issuer's keys, but the provider does not list the thumbprint ${thumbprint.sha1} of ${thumbprint.subject}`,
      ...fixesOf(facts, thumbprint),
    );
  },
};

/** OpenSSL's and Node's codes for a certificate that no thumbprint makes valid. */
const INVALID: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const ORDER = '; the server sends its chain out of order or with unrelated certificates';

function fixesOf(facts: Facts, thumbprint: NonNullable<IssuerReport['thumbprint']>): Fix[] {
  const { provider, repository } = facts;
  const arn = wantedProvider(facts);
  const sha1s = [thumbprint.sha1, ...(thumbprint.root === undefined ? [] : [thumbprint.root])];
  const answer: Fix | undefined = repository && {
    place: 'answers',
    text: `List it at ${repository.locate('provider')}, then run update and deploy`,
    change:
      `provider:\n  thumbprints:\n${sha1s.map((one) => `    - "${one}"\n`).join('')}`.trimEnd(),
  };
  const command: Fix | undefined =
    arn === undefined || provider?.from !== 'aws'
      ? undefined
      : {
          place: 'aws',
          text: 'Add the thumbprint to the provider',
          change: awsCommand('iam update-open-id-connect-provider-thumbprint', {
            OpenIDConnectProviderArn: arn,
            ThumbprintList: sha1s,
          }),
        };
  return [command, answer].filter((fix) => fix !== undefined);
}
