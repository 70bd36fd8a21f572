import type { Pack } from './pack.ts';

export interface EcrPushOptions {
  readonly repositories: readonly string[];
}

/** Pushes images, and pulls them as a build cache. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
export const ecrPush: Pack<EcrPushOptions> = {
  policyName: () => 'ecr-push',
  describe: ({ repositories }) => [`push to ECR ${repositories.join(', ')}`],
  statements: ({ repositories }, { partition, region, account }) => [
    { Sid: 'SignIn', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    {
      Sid: 'Images',
      Effect: 'Allow',
      Action: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:GetDownloadUrlForLayer',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      Resource: repositories.map(
        (repository) => `arn:${partition}:ecr:${region}:${account}:repository/${repository}`,
      ),
    },
  ],
};
