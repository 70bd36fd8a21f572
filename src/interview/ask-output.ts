import type { Draft } from '../answers/read.ts';
import { isAtLeast, SINCE, type Version } from '../gitlab/version.ts';
import { checkProjectPath } from '../gitlab/project-path.ts';
import { ACCOUNT_IN_STATE } from '../answers/accounts.ts';
import { checkBucket, checkStateKey } from '../permissions/fields.ts';
import type { Asker } from './asker.ts';
import { answerAt, answered } from './draft.ts';

/** Asks what comes out, where the state is kept, and how jobs get credentials. */
export async function askOutput(
  draft: Draft,
  asker: Asker,
  everything: boolean,
  version?: Version,
): Promise<Draft> {
  const written = await answered(draft, 'output', () => askCode(asker));
  const kept = await askState(written, asker);
  const placed = await askRepository(kept, asker, everything);
  return answered(placed, 'ci.credentials', () => askCredentials(asker, version));
}

function askCode(asker: Asker): Promise<string> {
  return asker.choice({
    flag: 'output',
    message: 'Code',
    why: 'All variants describe the same resources, e.g. the same role in each.',
    choices: [
      { value: 'cdktf', name: 'CDKTF in TypeScript, and HCL' },
      {
        value: 'cdktn',
        name: 'CDK Terrain, the successor of CDKTF, and HCL',
        short: 'CDK Terrain, and HCL',
      },
      { value: 'hcl', name: 'HCL only' },
    ],
    default: 'cdktf',
  });
}

async function askState(draft: Draft, asker: Asker): Promise<Draft> {
  const answers = await answered(draft, 'state.backend', () =>
    asker.choice({
      flag: 'state',
      message: 'Terraform state',
      why: 'With S3 or GitLab, the pipeline of the repository can plan and apply.',
      choices: [
        { value: 'local', name: 'a local file' },
        { value: 's3', name: 'an S3 bucket' },
        { value: 'gitlab', name: 'GitLab' },
      ],
      default: 'local',
    }),
  );
  const several = answerAt(answers, 'accounts') !== undefined;
  const name = several ? `gitlab-aws-oidc-${ACCOUNT_IN_STATE}` : 'gitlab-aws-oidc';
  switch (answerAt(answers, 'state.backend')) {
    case 's3':
      return askObject(answers, asker, several);
    case 'gitlab':
      return answered(answers, 'state.name', () => Promise.resolve(name));
    default:
      return answers;
  }
}

/** Asks which object in S3 the state is. */
async function askObject(draft: Draft, asker: Asker, several: boolean): Promise<Draft> {
  const answers = await answered(draft, 'state.bucket', () =>
    asker.text({
      flag: 'state-bucket',
      message: 'State bucket',
      why: 'The bucket must exist before the first deploy, e.g. my-states.',
      check: checkBucket,
    }),
  );
  const folder = several ? `gitlab-aws-oidc/${ACCOUNT_IN_STATE}` : 'gitlab-aws-oidc';
  return answered(answers, 'state.key', () =>
    asker.text({
      flag: 'state-key',
      message: 'State key',
      why: 'Path of the state in the bucket, e.g. network/terraform.tfstate.',
      default: `${folder}/terraform.tfstate`,
      check: (text) => checkStateKey(text.replaceAll(ACCOUNT_IN_STATE, 'account')),
    }),
  );
}

async function askRepository(draft: Draft, asker: Asker, everything: boolean): Promise<Draft> {
  const holdsState = answerAt(draft, 'state.backend') === 'gitlab';
  if (!holdsState && !everything) return draft;
  return answered(draft, 'gitlab.repository', () =>
    asker.text({
      flag: 'repository',
      message: 'GitLab project for this repository',
      why: holdsState
        ? 'GitLab keeps the state in it, e.g. mygroup/aws-access.'
        : 'Other projects include its CI file, e.g. mygroup/aws-access. Press Enter to skip.',
      check: checkProjectPath,
      ...(holdsState ? {} : { optional: true }),
    }),
  );
}

async function askCredentials(asker: Asker, version: Version | undefined): Promise<string> {
  if (version && !isAtLeast(version, SINCE.idTokens)) return 'legacy-jwt';
  return asker.choice({
    flag: 'credentials',
    message: 'Credentials of jobs',
    why: 'Web identity suits the AWS CLI, SDKs and Terraform. A script sets AWS_ACCESS_KEY_ID.',
    choices: [
      {
        value: 'web-identity',
        name: 'web identity: the SDK signs in by itself',
        short: 'web identity',
      },
      {
        value: 'script',
        name: 'script: aws sts assume-role-with-web-identity',
        short: 'script',
      },
      ...(version
        ? []
        : [
            {
              value: 'legacy-jwt',
              name: 'script with CI_JOB_JWT_V2, for GitLab before 15.7 only',
              short: 'script with CI_JOB_JWT_V2',
            },
          ]),
    ],
    default: 'web-identity',
  });
}
