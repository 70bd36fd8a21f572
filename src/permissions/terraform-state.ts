import type { Access, Pack } from './pack.ts';

export interface TerraformStateOptions {
  readonly access: Access;
  readonly bucket: string;
  readonly key: string;
}

/**
 * A Terraform state in S3 with its lock file. Reading (a plan) takes the lock too.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 */
export const terraformState: Pack<TerraformStateOptions> = {
  policyName: ({ access }) => `terraform-state-${access}`,
  describe: ({ access, bucket, key }) => [
    `${access === 'read' ? 'read and lock' : 'read, lock and write'} the Terraform state s3://${bucket}/${key}`,
  ],
  statements: ({ access, bucket, key }, { partition }) => [
    {
      Sid: 'Bucket',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: `arn:${partition}:s3:::${bucket}`,
      Condition: { StringEquals: { 's3:prefix': [key, `${key}.tflock`] } },
    },
    {
      Sid: 'State',
      Effect: 'Allow',
      Action: access === 'read' ? 's3:GetObject' : ['s3:GetObject', 's3:PutObject'],
      Resource: `arn:${partition}:s3:::${bucket}/${key}`,
    },
    {
      Sid: 'Lock',
      Effect: 'Allow',
      Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      Resource: `arn:${partition}:s3:::${bucket}/${key}.tflock`,
    },
  ],
};
