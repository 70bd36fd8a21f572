import {
  AssumeRoleWithWebIdentityCommand,
  STSClient,
  STSServiceException,
} from '@aws-sdk/client-sts';

export interface WebIdentityCall {
  readonly role: string;
  readonly token: string;
  readonly session?: string;
  /** Seconds. */
  readonly duration?: number;
}

/** The ARN of the session that STS gives for a token, or the refusal as the AWS CLI prints it. */
export async function assumeRole(
  sts: string,
  { role, token, session = 'gitlab-20-302', duration }: WebIdentityCall,
): Promise<string> {
  const client = new STSClient({ endpoint: sts, region: regionOf(role), maxAttempts: 1 });
  try {
    const { AssumedRoleUser } = await client.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: role,
        RoleSessionName: session,
        WebIdentityToken: token,
        DurationSeconds: duration,
      }),
    );
    return AssumedRoleUser?.Arn ?? '';
  } catch (error) {
    if (!(error instanceof STSServiceException)) throw error;
    return `${codeOf(error)}: ${error.message}`;
  } finally {
    client.destroy();
  }
}

function regionOf(role: string): string {
  return role.startsWith('arn:aws-us-gov:') ? 'us-gov-west-1' : 'eu-west-1';
}

/** The SDK names the errors it knows after its own classes. */
function codeOf({ name }: STSServiceException): string {
  return name === 'ExpiredTokenException' ? name : name.replace(/Exception$/, '');
}
