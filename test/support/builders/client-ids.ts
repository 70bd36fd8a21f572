import {
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  IAMClient,
} from '@aws-sdk/client-iam';

/** What AddClientIDToOpenIDConnectProvider does, which moto does not know: the provider is made anew with one more. */
export async function addClientId(call: URLSearchParams, aws: string): Promise<void> {
  const credentials = { accessKeyId: 'gate', secretAccessKey: 'gate' };
  const iam = new IAMClient({ endpoint: aws, region: 'us-east-1', credentials });
  const arn = { OpenIDConnectProviderArn: call.get('OpenIDConnectProviderArn') ?? '' };
  const { Url, ClientIDList, ThumbprintList } = await iam.send(
    new GetOpenIDConnectProviderCommand(arn),
  );
  await iam.send(new DeleteOpenIDConnectProviderCommand(arn));
  await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: `https://${Url ?? ''}`,
      ClientIDList: [...(ClientIDList ?? []), call.get('ClientID') ?? ''],
      ThumbprintList,
    }),
  );
  iam.destroy();
}
