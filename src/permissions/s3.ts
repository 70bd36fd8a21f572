import type { PolicyStatement } from '../iam/policy.ts';
import type { Pack } from './pack.ts';

export interface S3Options {
  /** Buckets whose objects may be read. */
  readonly read?: readonly string[] | undefined;
  /** Buckets whose objects may be read, written and deleted. */
  readonly write?: readonly string[] | undefined;
}

/** Objects of the named buckets. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const s3: Pack<S3Options> = {
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
};
