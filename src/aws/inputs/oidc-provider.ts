import { issuerOfArn } from '../../iam/condition-keys.ts';
import type { Reader } from './reader.ts';
import { textOf, textsOf, known } from './values.ts';
import type { ProviderFacts } from '../../access/role-context.ts';

/**
 * `aws iam get-open-id-connect-provider`, which prints no ARN, and `list-open-id-connect-providers`, which prints nothing else.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/get-open-id-connect-provider.html
 */
export const oidcProvider: Reader = {
  recognizes: (value) =>
    Array.isArray(value['OpenIDConnectProviderList']) ||
    ('ClientIDList' in value && 'Url' in value),
  read: (value, at, into) => {
    if (!Array.isArray(value['OpenIDConnectProviderList'])) {
      const url = textOf(value['Url']);
      if (url === undefined) {
        into.isNot('a provider with a URL', at);
        return;
      }
      const { ClientIDList: ids, ThumbprintList: thumbprints } = value;
      into.provider(
        at,
        known<Omit<ProviderFacts, 'place'>>({
          arn: textOf(value['Arn']),
          url,
          clientIds: textsOf(ids),
          thumbprints: textsOf(thumbprints)?.map((one) => one.toLowerCase()),
          hasStandIn: undefined,
        }),
      );
      return;
    }
    const list = value['OpenIDConnectProviderList'];
    for (const [provider, place] of into.objects(
      list,
      [...at, 'OpenIDConnectProviderList'],
      'a provider',
    )) {
      const arn = textOf(provider['Arn']);
      const url = arn === undefined ? undefined : issuerOfArn(arn);
      if (arn === undefined || url === undefined) into.isNot('the ARN of an OIDC provider', place);
      else into.provider(place, { arn, url });
    }
  },
};
