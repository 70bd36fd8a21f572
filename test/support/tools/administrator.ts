import { run } from './run.ts';

/** Whoever manages IAM in the stand-in for AWS. */
export const ADMIN = { accessKeyId: 'admin', secretAccessKey: 'admin' };

/** What makes a tool that person, at a stand-in at this address. */
export function adminEnvironment(aws: string, region = 'eu-west-1') {
  return {
    AWS_ENDPOINT_URL: aws,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: ADMIN.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ADMIN.secretAccessKey,
  };
}

/** Credentials of another account, as moto gives them to whoever assumes a role there. */
export async function administratorOf(
  aws: string,
  account: string,
): Promise<Record<string, string>> {
  const role = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
  const args = ['sts', 'assume-role', '--role-arn', role, '--role-session-name', 'test'];
  const { Credentials: given } = JSON.parse(await run('aws', args, '.', adminEnvironment(aws))) as {
    Credentials: Record<'AccessKeyId' | 'SecretAccessKey' | 'SessionToken', string>;
  };
  return {
    ...adminEnvironment(aws),
    AWS_ACCESS_KEY_ID: given.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: given.SecretAccessKey,
    AWS_SESSION_TOKEN: given.SessionToken,
  };
}
