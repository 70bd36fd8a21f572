import type { Draft } from '../answers/read.ts';
import { isAtLeast, SINCE, type Version } from '../gitlab/version.ts';
import { checkProjectPath } from '../gitlab/project-path.ts';
import { ACCOUNT_IN_STATE } from '../answers/accounts.ts';
import { checkBucket, checkStateKey } from '../permissions/fields.ts';
import type { Asker } from './asker.ts';
import { answerAt, withAnswer } from './draft.ts';

/** Asks what comes out, where the state is kept, and how jobs get credentials. */
export async function askOutput(
  draft: Draft,
  asker: Asker,
  everything: boolean,
  version?: Version,
): Promise<Draft> {
  let answers = draft;
  const open = (path: string) => answerAt(answers, path) === undefined;
  const answer = (path: string, value: unknown) => {
    if (value !== '') answers = withAnswer(answers, path, value);
  };
  if (open('output')) {
    answer(
      'output',
      await asker.choice({
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
      }),
    );
  }
  if (open('state.backend')) {
    answer(
      'state.backend',
      await asker.choice({
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
  }
  const several = !open('accounts');
  const backend = answerAt(answers, 'state.backend');
  if (backend === 's3') {
    const why = 'The bucket must exist before the first deploy, e.g. my-states.';
    if (open('state.bucket')) {
      answer(
        'state.bucket',
        await asker.text({
          flag: 'state-bucket',
          message: 'State bucket',
          why,
          check: checkBucket,
        }),
      );
    }
    if (open('state.key')) {
      const key = several
        ? `gitlab-aws-oidc/${ACCOUNT_IN_STATE}/terraform.tfstate`
        : 'gitlab-aws-oidc/terraform.tfstate';
      answer(
        'state.key',
        await asker.text({
          flag: 'state-key',
          message: 'State key',
          why: 'Path of the state in the bucket, e.g. network/terraform.tfstate.',
          default: key,
          check: (text) => checkStateKey(text.replaceAll(ACCOUNT_IN_STATE, 'account')),
        }),
      );
    }
  }
  if (backend === 'gitlab' && open('state.name')) {
    answer('state.name', several ? `gitlab-aws-oidc-${ACCOUNT_IN_STATE}` : 'gitlab-aws-oidc');
  }
  if (open('gitlab.repository') && (backend === 'gitlab' || everything)) {
    answer(
      'gitlab.repository',
      await asker.text({
        flag: 'repository',
        message: 'GitLab project for this repository',
        why:
          backend === 'gitlab'
            ? 'GitLab keeps the state in it, e.g. mygroup/aws-access.'
            : 'Other projects include its CI file, e.g. mygroup/aws-access. Press Enter to skip.',
        check: checkProjectPath,
        ...(backend === 'gitlab' ? {} : { optional: true }),
      }),
    );
  }
  if (version && !isAtLeast(version, SINCE.idTokens)) {
    if (open('ci.credentials')) answer('ci.credentials', 'legacy-jwt');
  } else if (open('ci.credentials')) {
    answer(
      'ci.credentials',
      await asker.choice({
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
      }),
    );
  }
  return answers;
}
