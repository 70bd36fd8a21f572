import { type Partition, PARTITIONS } from '../iam/arn.ts';
import { proxyAgent } from '../network/proxy-agent.ts';

/** The one region of each partition in which IAM answers. */
export const IAM_REGION: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/**
 * The region in which a service answers that has one in each partition.
 *
 * @param own of the caller: in a partition that the list does not have, the SDK finds the service from there
 */
export function regionIn(
  regions: Readonly<Record<Partition, string>>,
  partition: string,
  own: string,
): string {
  const found = PARTITIONS.find((one) => one === partition);
  return found === undefined ? own : regions[found];
}

/** How long to wait for one answer of AWS. Milliseconds. */
const PATIENCE = 5000;

/** What every client of the AWS SDK is made with; credentials are found as the AWS CLI finds them. */
export async function sdkSettings(region: string, env: NodeJS.ProcessEnv) {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const httpsAgent = await proxyAgent(domain, env);
  return {
    region,
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: PATIENCE,
      requestTimeout: PATIENCE,
      throwOnRequestTimeout: true,
      ...(httpsAgent ? { httpsAgent } : {}),
    },
  };
}

/** An error of AWS in one line. The SDK names errors after AWS's codes, and only the first line of a message helps. */
export function awsErrorLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.name.replace(/(?<!Token)Exception$/, '')}: ${error.message.split('\n')[0] ?? ''}`;
}
