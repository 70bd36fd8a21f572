import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
  type STSClientConfig,
} from '@aws-sdk/client-sts';
import { type Partition, PARTITIONS } from '../../iam/arn.ts';
import { ACCOUNT_CALLS, allowing } from './calls.ts';
import { IAM_REGION } from '../sdk.ts';
import { failureOf, type LiveFailure } from './failure.ts';

/** Who asks, with the credentials of the SDK's default chain. */
export interface OwnIdentity {
  readonly account: string;
  readonly arn: string;
  readonly partition: Partition;
  /** What all further clients of this identity need; it asks for new credentials where the old ones end. */
  readonly settings: ConnectedSettings;
}

/** How clients connect and sign. */
export type ConnectedSettings = Required<Pick<STSClientConfig, 'credentials' | 'region'>> &
  Pick<STSClientConfig, 'maxAttempts' | 'requestHandler'>;

/** Asks AWS who the caller is. @returns why that is not known, where there are no credentials or AWS rejects them */
export async function ownIdentity(connection: Connection): Promise<OwnIdentity | LiveFailure> {
  const sts = new STSClient({ ...connection, region: await ownRegion(connection) });
  const { credentials, region } = sts.config;
  const settings = { ...connection, credentials, region };
  try {
    const { Account: account = '', Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand());
    const partition = PARTITIONS.find((one) => arn.startsWith(`arn:${one}:`)) ?? 'aws';
    return { account, arn, partition, settings };
  } catch (error) {
    return failureOf(error, await secretsOf(settings));
  } finally {
    sts.destroy();
  }
}

type Connection = Pick<STSClientConfig, 'maxAttempts' | 'requestHandler'>;

/** Of the environment or the profile; where neither says, the one in which every account of AWS may sign in. */
async function ownRegion(connection: Connection): Promise<string> {
  const client = new STSClient({ ...connection });
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
  return { ...settings, region: IAM_REGION[partition] };
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
  { partition, settings }: OwnIdentity,
  account: string,
  role: string,
): Promise<ConnectedSettings> {
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
      ...settings,
      region: IAM_REGION[partition],
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
