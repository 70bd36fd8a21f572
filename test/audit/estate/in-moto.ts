import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type Credentials, STSClient } from '@aws-sdk/client-sts';
import { type AccountSpec, document, roleArn, type RoleSpec } from './dump.ts';

export const REGION = 'us-east-1';
export const NOBODY = { accessKeyId: 'test', secretAccessKey: 'test' };

export interface KnownCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export function known(credentials: Credentials | undefined): KnownCredentials {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = credentials ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken !== undefined && { sessionToken: SessionToken }),
  };
}

/** Credentials for an account: moto lets everyone assume any role. */
export async function credentialsOf(
  url: string,
  account: string,
  region = REGION,
): Promise<KnownCredentials> {
  const sts = new STSClient({ endpoint: url, region, credentials: NOBODY });
  const { Credentials: found } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn(account, 'OrganizationAccountAccessRole'),
      RoleSessionName: 'estate',
    }),
  );
  return known(found);
}

/** Makes an account of the estate in moto. @param region chooses the partition */
export async function createInMoto(
  url: string,
  { id, roles, providers, policies = {} }: AccountSpec,
  region = REGION,
): Promise<void> {
  const credentials = await credentialsOf(url, id, region);
  const iam = new IAMClient({ endpoint: url, region, credentials });
  for (const { host, clientIds, thumbprints = [] } of providers)
    await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: `https://${host}`,
        ClientIDList: [...clientIds],
        ThumbprintList: [...thumbprints],
      }),
    );
  for (const [name, statements] of Object.entries(policies))
    await iam.send(
      new CreatePolicyCommand({
        PolicyName: name,
        PolicyDocument: JSON.stringify(document(statements)),
      }),
    );
  await Promise.all(roles.map((role) => createRole(iam, role)));
}

async function createRole(iam: IAMClient, role: RoleSpec): Promise<void> {
  const { name, trust, permissions = [], managed = [], boundary } = role;
  await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify(document(trust)),
      ...(boundary !== undefined && { PermissionsBoundary: boundary }),
    }),
  );
  if (permissions.length > 0)
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: 'inline',
        PolicyDocument: JSON.stringify(document(permissions)),
      }),
    );
  for (const arn of managed)
    await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: arn }));
}
