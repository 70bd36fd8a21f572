import type { Access, Pack } from './pack.ts';
import type { PolicyStatement } from '../iam/policy.ts';

export interface Ec2Options {
  readonly access: Access;
  /** The instances that may be started, stopped and rebooted carry all of these tags. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * Sees instances, and starts, stops and reboots those that carry the tags. EC2's Describe actions take no
 * resource, so seeing cannot be limited.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export const ec2: Pack<Ec2Options> = {
  policyName: ({ access }) => `ec2-${access}`,
  describe: ({ access, tags = {} }) => {
    const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
    return [
      'see EC2 instances',
      ...(access === 'write'
        ? [`start, stop and reboot EC2 instances tagged ${tagged.join(', ')}`]
        : []),
    ];
  },
  statements: ({ access, tags = {} }, { partition, region, account }) => {
    const see: PolicyStatement = {
      Sid: 'SeeInstances',
      Effect: 'Allow',
      Action: ['ec2:DescribeInstanceStatus', 'ec2:DescribeInstances', 'ec2:DescribeTags'],
      Resource: '*',
    };
    if (access === 'read') return [see];
    return [
      see,
      {
        Sid: 'OperateInstances',
        Effect: 'Allow',
        Action: ['ec2:RebootInstances', 'ec2:StartInstances', 'ec2:StopInstances'],
        Resource: `arn:${partition}:ec2:${region}:${account}:instance/*`,
        Condition: {
          StringEquals: Object.fromEntries(
            Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
          ),
        },
      },
    ];
  },
};
