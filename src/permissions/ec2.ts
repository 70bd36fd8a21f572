import * as v from 'valibot';
import type { PolicyStatement } from '../iam/policy.ts';
import { checkTags } from '../iam/role-fields.ts';
import { ifGiven } from '../text/collect.ts';
import { namesAndValues } from '../text/name-and-value.ts';
import { accessSchema } from './fields.ts';
import type { Pack, PackFlags } from './pack.ts';

const schema = v.strictObject({
  access: accessSchema,
  tags: v.optional(
    v.pipe(
      v.record(v.string(), v.string()),
      v.description('Tags an instance must have to be started, stopped or rebooted'),
    ),
  ),
});

const flags = {
  'ec2-read': {
    help: 'permit viewing EC2 instances',
    prompt: { choice: 'view EC2 instances' },
  },
  'ec2-write': {
    value: 'KEY=VALUE',
    help: 'permit starting and stopping instances with this tag',
    many: true,
    prompt: {
      choice: 'start, stop and reboot EC2 instances',
      short: 'control EC2 instances',
      message: 'Tags of the instances, as KEY=VALUE',
      why: 'Comma-separated, e.g. Environment=test.',
      check: (text) =>
        /^[^=]+=/.test(text)
          ? undefined
          : { what: 'that is not a tag', fix: 'Enter it as KEY=VALUE, such as Environment=test' },
    },
  },
} as const satisfies PackFlags;

/**
 * Sees instances, and starts, stops and reboots those that carry the tags. EC2's Describe actions take no
 * resource, so seeing cannot be limited.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export const ec2 = {
  meaning: 'Views EC2 instances, and starts, stops and reboots those with the given tags.',
  schema,
  example: { access: 'write', tags: { Environment: 'test' } },
  flags,
  answersOf: (given) => {
    const tags = namesAndValues(given['ec2-write'], '--ec2-write');
    if (tags) return { ec2: { access: 'write', tags } };
    return { ec2: given['ec2-read'] ? { access: 'read' } : undefined };
  },
  check: ({ access, tags }, at) => {
    if (access === 'write' && Object.keys(tags ?? {}).length === 0) {
      at('tags')({
        what: 'starting and stopping instances requires at least one tag',
        fix: 'Add tags, or set access: read',
      });
    }
    if (access === 'read' && tags) {
      at('tags')({
        what: 'EC2 cannot limit by tag which instances are visible',
        fix: 'Remove tags, or set access: write',
      });
    }
    ifGiven(tags, checkTags, at('tags'));
  },
  readOnly: () => ({ access: 'read' }),
  readingData: () => ({ access: 'read' }),
  data: () => [],
  policyName: ({ access }) => `ec2-${access}`,
  describe: ({ access, tags = {} }) => {
    const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
    return [
      'view EC2 instances',
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
} satisfies Pack<v.InferOutput<typeof schema>, typeof flags>;
