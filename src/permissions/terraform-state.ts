import * as v from 'valibot';
import { checkAccountId } from '../iam/role-fields.ts';
import { ifGiven } from '../text/collect.ts';
import { shown, type Flaw } from '../text/flaw.ts';
import { ProblemError } from '../text/problem.ts';
import { text } from '../text/schema-parts.ts';
import { accessSchema, checkBucket, checkStateKey, ofAccount } from './fields.ts';
import type { Pack, PackFlags } from './pack.ts';

const schema = v.strictObject({
  access: accessSchema,
  bucket: text('Bucket of the state'),
  key: text('Key of the state'),
  account: v.optional(
    text('Account that owns the bucket, if it is not the account of the role; 12 digits'),
  ),
});

const flags = {
  'terraform-state': {
    value: 'BUCKET/KEY',
    help: 'permit reading, locking and writing this state',
    prompt: {
      choice: 'use a Terraform state in S3',
      message: 'The state, as BUCKET/KEY',
      why: 'e.g. my-terraform-state/network/terraform.tfstate. Includes its lock file.',
      check: checkPlace,
    },
  },
} as const satisfies PackFlags;

/**
 * A Terraform state in S3 with its lock file. Reading (a plan) takes the lock too.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 */
export const terraformState = {
  meaning: 'Reads and locks, or also writes, one Terraform state in S3.',
  schema,
  example: { access: 'write', bucket: 'my-terraform-state', key: 'network/terraform.tfstate' },
  flags,
  answersOf: (given) => {
    const place = given['terraform-state'];
    if (place === undefined) return {};
    const [bucket, key] = bucketAndKey(place);
    if (key === undefined) {
      const problem = {
        where: '--terraform-state',
        what: `${shown(place)} has no key`,
        fix: 'Enter it as BUCKET/KEY',
      };
      throw new ProblemError([problem]);
    }
    return { terraform_state: { access: 'write', bucket, key } };
  },
  check: ({ bucket, key, account }, at) => {
    ifGiven(account, checkAccountId, at('account'));
    at('bucket')(checkBucket(bucket));
    at('key')(checkStateKey(key));
  },
  readOnly: (options) => ({ ...options, access: 'read' }),
  readingData: (options) => ({ ...options, access: 'read' }),
  data: ({ bucket, key }) => [`the Terraform state s3://${bucket}/${key}, which may hold secrets`],
  policyName: ({ access }) => `terraform-state-${access}`,
  describe: ({ access, bucket, key }) => [
    `${access === 'read' ? 'read and lock' : 'read, lock and write'} the Terraform state s3://${bucket}/${key}`,
  ],
  statements: ({ access, bucket, key, account }, context) => {
    const { partition } = context;
    const owner = ofAccount(account ?? context.account);
    const limit = Object.keys(owner).length > 0 ? { Condition: { StringEquals: owner } } : {};
    return [
      {
        Sid: 'Bucket',
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: `arn:${partition}:s3:::${bucket}`,
        Condition: { StringEquals: { 's3:prefix': [key, `${key}.tflock`], ...owner } },
      },
      {
        Sid: 'State',
        Effect: 'Allow',
        Action: access === 'read' ? 's3:GetObject' : ['s3:GetObject', 's3:PutObject'],
        Resource: `arn:${partition}:s3:::${bucket}/${key}`,
        ...limit,
      },
      {
        Sid: 'Lock',
        Effect: 'Allow',
        Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
        Resource: `arn:${partition}:s3:::${bucket}/${key}.tflock`,
        ...limit,
      },
    ];
  },
} satisfies Pack<v.InferOutput<typeof schema>, typeof flags>;

function bucketAndKey(place: string): [bucket: string, key: string | undefined] {
  const at = place.indexOf('/');
  return at < 1 ? [place, undefined] : [place.slice(0, at), place.slice(at + 1)];
}

function checkPlace(place: string): Flaw | undefined {
  const [bucket, key] = bucketAndKey(place);
  if (key === undefined) return { what: 'it has no key', fix: 'Enter it as BUCKET/KEY' };
  return checkBucket(bucket) ?? checkStateKey(key);
}
