import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
  type STSClientConfig,
} from '@aws-sdk/client-sts';
import { partitionOfArn } from '../../iam/arn.ts';
import { ACCOUNT_CALLS, allowing } from './calls.ts';
import { IAM_REGION, regionIn } from '../sdk.ts';
import { failureOf, type LiveFailure } from './failure.ts';

/** Who asks, with the credentials of the SDK's default chain. */
export interface OwnIdentity {
  readonly account: string;
  readonly arn: string;
  /** As AWS calls it in the ARN. */
  readonly partition: string;
  /** What all further clients of this identity need; it asks for new credentials where the old ones end. */
  readonly settings: ConnectedSettings;
}

/** How clients connect and sign. */
export type ConnectedSettings = Required<Pick<STSClientConfig, 'credentials'>> & Connection;

/** Asks AWS who the caller is. @returns why that is not known, where there are no credentials or AWS rejects them */
export async function ownIdentity(connection: Connection): Promise<OwnIdentity | LiveFailure> {
  const sts = new STSClient(connection);
  const settings = { ...connection, credentials: sts.config.credentials };
  try {
    const { Account: account = '', Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand());
    const partition = partitionOfArn(arn);
    if (partition === undefined)
      return { kind: 'failed', text: 'the partition cannot be determined: the answer has no ARN' };
    return { account, arn, partition, settings };
  } catch (error) {
    return failureOf(error, await secretsOf(settings));
  } finally {
    sts.destroy();
  }
}

type Connection = { readonly region: string } & Pick<
  STSClientConfig,
  'maxAttempts' | 'requestHandler'
>;

/** Of the environment or the profile; where neither says, the one in which every account of AWS may sign in. */
export async function ownRegion(): Promise<string> {
  const client = new STSClient();
  try {
    return await client.config.region();
  } catch {
    return IAM_REGION.aws;
  } finally {
    client.destroy();
  }
}

/** What reads IAM with these settings. */
export function forIam({ partition, settings }: OwnIdentity): ConnectedSettings {
  return { ...settings, region: regionIn(IAM_REGION, partition, settings.region) };
}

/** Names the sessions in the accounts' CloudTrail. */
const SESSION = 'create-gitlab-aws-oidc-audit';
/** The shortest that AWS gives. Seconds. */
const DURATION = 900;

/**
 * Settings with a session of a role in another account. The session may do what an audit reads and nothing else, even where
 * the role is an administrator.
 *
 * @throws what the SDK throws
 */
export async function assumed(
  own: OwnIdentity,
  account: string,
  role: string,
): Promise<ConnectedSettings> {
  const { partition, settings } = own;
  const sts = new STSClient(settings);
  try {
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${partition}:iam::${account}:role/${role}`,
        RoleSessionName: SESSION,
        DurationSeconds: DURATION,
        Policy: JSON.stringify(allowing(ACCOUNT_CALLS)),
      }),
    );
    return {
      ...forIam(own),
      credentials: {
        accessKeyId: given?.AccessKeyId ?? '',
        secretAccessKey: given?.SecretAccessKey ?? '',
        ...(given?.SessionToken !== undefined && { sessionToken: given.SessionToken }),
      },
    };
  } finally {
    sts.destroy();
  }
}

/** What no text may repeat of the credentials in these settings; nothing where there are none. */
export async function secretsOf({ credentials }: ConnectedSettings): Promise<readonly string[]> {
  try {
    const found = typeof credentials === 'function' ? await credentials() : credentials;
    const { accessKeyId, secretAccessKey, sessionToken = '' } = found;
    return [secretAccessKey, sessionToken, accessKeyId];
  } catch {
    return [];
  }
}
