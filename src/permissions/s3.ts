import * as v from 'valibot';
import type { PolicyStatement } from '../iam/policy.ts';
import { checkList, itself, within } from '../text/collect.ts';
import { list } from '../text/schema-parts.ts';
import { checkBucket } from './fields.ts';
import type { Pack, PackFlags } from './pack.ts';

const schema = v.strictObject({
  read: v.optional(list('Buckets to read')),
  write: v.optional(list('Buckets to read and write')),
});

const flags = {
  's3-read': {
    value: 'BUCKET',
    help: 'permit reading this bucket',
    many: true,
    prompt: { choice: 'read S3 buckets', message: 'Buckets to read', check: checkBucket },
  },
  's3-write': {
    value: 'BUCKET',
    help: 'permit reading and writing this bucket',
    many: true,
    prompt: {
      choice: 'read and write S3 buckets',
      message: 'Buckets to write',
      check: checkBucket,
    },
  },
} as const satisfies PackFlags;

/** Objects of the named buckets. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const s3 = {
  meaning: 'Reads, or reads and writes, the objects of the named S3 buckets.',
  schema,
  example: { read: ['my-artifacts'], write: ['my-website'] },
  flags,
  answersOf: (given) => ({ 's3.read': given['s3-read'], 's3.write': given['s3-write'] }),
  check: ({ read, write }, at) => {
    checkList(read, itself, checkBucket, within(at, 'read'));
    checkList(write, itself, checkBucket, within(at, 'write'));
    if (!read && !write) {
      at('')({ what: 'it permits nothing', fix: 'Give read, write or both, or leave it out' });
    }
  },
  readOnly: ({ read = [], write = [] }) => ({ read: [...new Set([...read, ...write])] }),
  policyName: () => 's3',
  describe: ({ read = [], write = [] }) => [
    ...(read.length > 0 ? [`read S3 ${read.join(', ')}`] : []),
    ...(write.length > 0 ? [`read and write S3 ${write.join(', ')}`] : []),
  ],
  statements: ({ read = [], write = [] }, { partition }) => {
    const objects = (Sid: string, buckets: readonly string[], Action: readonly string[]) =>
      buckets.length === 0
        ? []
        : [
            {
              Sid,
              Effect: 'Allow',
              Action,
              Resource: buckets.map((bucket) => `arn:${partition}:s3:::${bucket}/*`),
            } as const,
          ];
    const all = [...new Set([...read, ...write])];
    const statements: PolicyStatement[] = [
      {
        Sid: 'Buckets',
        Effect: 'Allow',
        Action: ['s3:GetBucketLocation', 's3:ListBucket'],
        Resource: all.map((bucket) => `arn:${partition}:s3:::${bucket}`),
      },
      ...objects('Read', read, ['s3:GetObject']),
      ...objects('Write', write, [
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:GetObject',
        's3:PutObject',
      ]),
    ];
    return statements;
  },
} satisfies Pack<v.InferOutput<typeof schema>, typeof flags>;
