import * as v from 'valibot';
import { checkList, itself, within } from '../text/collect.ts';
import { shown, type Flaw } from '../text/flaw.ts';
import { list } from '../text/schema-parts.ts';
import type { Pack, PackFlags } from './pack.ts';

const schema = v.strictObject({ repositories: list('Repository names') });

const flags = {
  'ecr-push': {
    value: 'REPOSITORY',
    help: 'permit pushing to this ECR repository',
    many: true,
    prompt: {
      choice: 'push images to ECR',
      message: 'ECR repositories',
      why: 'Comma-separated names, e.g. mygroup/myimage.',
      check: checkRepository,
    },
  },
} as const satisfies PackFlags;

/** Pushes images, and pulls them as a build cache. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
export const ecrPush = {
  meaning: 'Pushes images to the given ECR repositories, and pulls them as a build cache.',
  schema,
  example: { repositories: ['mygroup/myimage'] },
  flags,
  answersOf: (given) => ({ 'ecr_push.repositories': given['ecr-push'] }),
  check: ({ repositories }, at) => {
    checkList(repositories, itself, checkRepository, within(at, 'repositories'));
  },
  // Nothing that Terraform plans needs an image.
  readOnly: () => undefined,
  readingData: () => undefined,
  data: ({ repositories }) => repositories.map((name) => `images in the repository ${name}`),
  policyName: () => 'ecr-push',
  describe: ({ repositories }) => [`push images to ECR ${repositories.join(', ')}`],
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
} satisfies Pack<v.InferOutput<typeof schema>, typeof flags>;

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
function checkRepository(name: string): Flaw | undefined {
  if (
    /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(name) &&
    name.length <= 256
  ) {
    return undefined;
  }
  return {
    what: `${shown(name)} is not the name of an ECR repository`,
    fix: 'Give the name without the registry, such as mygroup/myimage',
  };
}
