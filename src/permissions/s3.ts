import * as v from 'valibot';
import { checkAccountId } from '../iam/role-fields.ts';
import { checkList, ifGiven, itself, within } from '../text/collect.ts';
import { list, text } from '../text/schema-parts.ts';
import { checkBucket, ofAccount } from './fields.ts';
import type { Pack, PackFlags } from './pack.ts';

const schema = v.strictObject({
  read: v.optional(list('Buckets to read')),
  write: v.optional(list('Buckets to read and write')),
  list: v.optional(
    list('Buckets whose settings and object names can be viewed, without object contents'),
  ),
  account: v.optional(
    text('Account that owns the buckets, if it is not the account of the role; 12 digits'),
  ),
});

type S3Options = v.InferOutput<typeof schema>;

const BUCKETS = 'Comma-separated names, e.g. my-bucket.';

const flags = {
  's3-read': {
    value: 'BUCKET',
    help: 'permit reading this bucket',
    many: true,
    prompt: {
      choice: 'read S3 buckets',
      message: 'Buckets to read',
      why: BUCKETS,
      check: checkBucket,
    },
  },
  's3-write': {
    value: 'BUCKET',
    help: 'permit reading and writing this bucket',
    many: true,
    prompt: {
      choice: 'read and write S3 buckets',
      message: 'Buckets to read and write',
      why: BUCKETS,
      check: checkBucket,
    },
  },
  's3-list': {
    value: 'BUCKET',
    help: 'permit listing the objects and seeing the settings of this bucket',
    many: true,
    prompt: {
      choice: 'view S3 buckets, without object contents',
      short: 'view S3 buckets',
      message: 'Buckets to view',
      why: BUCKETS,
      check: checkBucket,
    },
  },
} as const satisfies PackFlags;

const WRITE = ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'];

/** What a plan of a bucket reads: its settings, whose actions have names of two forms, and no object. */
const SEE = [
  's3:GetAccelerateConfiguration',
  's3:GetBucket*',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
  's3:GetReplicationConfiguration',
  's3:ListBucket',
];

/** Objects of the named buckets. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const s3 = {
  meaning: 'Reads, or reads and writes, objects in the given S3 buckets.',
  schema,
  example: { read: ['my-artifacts'], write: ['my-website'] },
  flags,
  answersOf: (given) => ({
    's3.read': given['s3-read'],
    's3.write': given['s3-write'],
    's3.list': given['s3-list'],
  }),
  check: ({ read, write, list, account }, at) => {
    checkList(read, itself, checkBucket, within(at, 'read'));
    checkList(write, itself, checkBucket, within(at, 'write'));
    checkList(list, itself, checkBucket, within(at, 'list'));
    ifGiven(account, checkAccountId, at('account'));
    if (!read && !write && !list) {
      at('')({ what: 'it permits nothing', fix: 'Add read, write or list, or remove it' });
    }
  },
  readOnly: ({ read = [], write = [], list = [], account }) =>
    nonEmpty({ list: [...new Set([...read, ...write, ...list])] }, account),
  readingData: ({ read = [], write = [], list, account }) =>
    nonEmpty({ read: [...new Set([...read, ...write])], list }, account),
  data: ({ read = [], write = [] }) =>
    [...new Set([...read, ...write])].map((bucket) => `objects in the bucket ${bucket}`),
  policyName: () => 's3',
  describe: ({ read = [], write = [], list = [] }) => [
    ...(read.length > 0 ? [`read S3 ${read.join(', ')}`] : []),
    ...(write.length > 0 ? [`read and write S3 ${write.join(', ')}`] : []),
    ...(list.length > 0 ? [`view S3 ${list.join(', ')} without object contents`] : []),
  ],
  statements: ({ read = [], write = [], list = [], account }, context) => {
    const { partition } = context;
    const owner = ofAccount(account ?? context.account);
    const limit = Object.keys(owner).length > 0 ? { Condition: { StringEquals: owner } } : {};
    const on = (Sid: string, Action: readonly string[], Resource: readonly string[]) =>
      Resource.length === 0 ? [] : [{ Sid, Effect: 'Allow', Action, Resource, ...limit } as const];
    const bucket = (name: string) => `arn:${partition}:s3:::${name}`;
    const objects = (name: string) => `arn:${partition}:s3:::${name}/*`;
    const used = [...new Set([...read, ...write])];
    return [
      ...on('Buckets', ['s3:GetBucketLocation', 's3:ListBucket'], used.map(bucket)),
      ...on('Read', ['s3:GetObject'], read.map(objects)),
      ...on('Write', WRITE, write.map(objects)),
      ...on('See', SEE, list.map(bucket)),
    ];
  },
} satisfies Pack<S3Options, typeof flags>;

/** The options, or nothing where they name no bucket. */
function nonEmpty(buckets: S3Options, account: string | undefined): S3Options | undefined {
  const named = Object.entries(buckets).filter(([, names]) => names && names.length > 0);
  if (named.length === 0) return undefined;
  return { ...Object.fromEntries(named), ...(account === undefined ? {} : { account }) };
}
