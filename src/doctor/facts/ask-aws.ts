import {
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { awsErrorLine, IAM_REGION, sdkSettings } from '../../aws/sdk.ts';
import { Collector } from '../../aws/inputs/collector.ts';
import { iamRole } from '../../aws/inputs/iam-role.ts';
import { placeAt } from '../../aws/inputs/text/source.ts';
import { ProblemError } from '../../text/problem.ts';
import type { Attempt, AwsFacts, Facts, KnownTrust } from './facts.ts';
import type { RoleArn } from '../role-arn.ts';

/** What AWS knows about the role and the provider. */
export type AwsAnswer = Pick<Facts, 'aws'> & {
  readonly trust?: KnownTrust;
  readonly provider?: NonNullable<Facts['provider']>;
};

/**
 * Reads the role and the provider from AWS, with the caller's credentials. A refusal of AWS is part of the answer.
 *
 * @param providerArn of the provider that the token's `iss` needs
 */
export async function askAws(
  role: RoleArn,
  providerArn: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<AwsAnswer> {
  const settings = await sdkSettings(IAM_REGION[role.partition], env);
  const iam = new IAMClient(settings);
  const sts = new STSClient(settings);
  try {
    const { Account: account = '' } = await sts.send(new GetCallerIdentityCommand());
    if (account !== role.account) return { aws: { account } };
    const [found, provider] = await Promise.all([
      iam.send(new GetRoleCommand({ RoleName: role.name })).catch(orMissing),
      providerArn === undefined ? undefined : readProvider(iam, providerArn),
    ]);
    const trust = found?.Role?.AssumeRolePolicyDocument && trustOf(found.Role, account);
    const facts: AwsFacts = {
      account,
      roleArn: found?.Role?.Arn ?? null,
      ...(Array.isArray(provider) ? { otherProviders: provider } : {}),
    };
    return {
      aws: facts,
      ...(trust ? { trust } : {}),
      ...(provider && !Array.isArray(provider) ? { provider } : {}),
    };
  } catch (error) {
    return { aws: { failure: `AWS did not answer: ${awsErrorLine(error)}` } };
  } finally {
    iam.destroy();
    sts.destroy();
  }
}

/** The provider; where it does not exist, the ARNs of the others. */
async function readProvider(
  iam: IAMClient,
  arn: string,
): Promise<NonNullable<Facts['provider']> | string[]> {
  const found = await iam
    .send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }))
    .catch(orMissing);
  if (found) {
    return {
      from: 'aws',
      issuer: found.Url ?? '',
      audiences: found.ClientIDList ?? [],
      thumbprints: (found.ThumbprintList ?? []).map((one) => one.toLowerCase()),
    };
  }
  const all = await iam.send(new ListOpenIDConnectProvidersCommand());
  return (all.OpenIDConnectProviderList ?? []).flatMap(({ Arn }) => Arn ?? []);
}

function trustOf(role: object, account: string): KnownTrust | undefined {
  const file = 'the role in AWS';
  const into = new Collector({ file, at: () => placeAt(file, '', () => undefined) });
  iamRole.read({ Role: role }, [], into);
  const { roles, unreadable } = into.inventory();
  const [found] = roles;
  if (unreadable.length > 0)
    throw new ProblemError(unreadable.map(({ what, fix }) => ({ where: file, what, fix })));
  if (!found) return undefined;
  const { trust: policy, maxSessionDuration } = found;
  return {
    policy,
    from: 'aws',
    account,
    ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
  };
}

/** Requests a session with the token, and its identity with that session. The credentials are then dropped. */
export async function trySignIn(
  role: RoleArn,
  token: string,
  session: { name: string; seconds?: number },
  env: NodeJS.ProcessEnv,
): Promise<Attempt> {
  const settings = { ...(await sdkSettings(IAM_REGION[role.partition], env)), maxAttempts: 1 };
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? settings.region;
  const sts = new STSClient({ ...settings, region });
  try {
    const { Credentials: given } = await sts.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: role.text,
        RoleSessionName: session.name,
        WebIdentityToken: token,
        DurationSeconds: session.seconds,
      }),
    );
    const own = new STSClient({
      ...settings,
      region,
      credentials: {
        accessKeyId: given?.AccessKeyId ?? '',
        secretAccessKey: given?.SecretAccessKey ?? '',
        ...(given?.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
      },
    });
    const { Arn: identity = '' } = await own.send(new GetCallerIdentityCommand());
    own.destroy();
    return { identity };
  } catch (error) {
    return { refusal: awsErrorLine(error) };
  } finally {
    sts.destroy();
  }
}

/** An entity that IAM does not have is an answer, not an error. */
function orMissing(error: unknown): undefined {
  if (error instanceof Error && error.name.startsWith('NoSuchEntity')) return undefined;
  throw error;
}
