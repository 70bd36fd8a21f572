import { always, never, type Message } from './message.ts';

/** What the AWS CLI, the generated sign-in and the CDK print before AWS is asked at all. */
export const CLIENT_MESSAGES: readonly Message[] = [
  {
    id: 'role-arn-rejected',
    text: 'AWS_ROLE_ARN is …',
    pattern: /\bAWS_ROLE_ARN is '/,
    applies: always,
    cause: ({ hasVariableArn }) =>
      hasVariableArn
        ? 'the job extends no job of a role, or a variable in the ARN is not set, or is protected and the ref is not'
        : 'the job extends no job of a role, or sets AWS_ROLE_ARN itself',
    fixes: ({ hasVariableArn, roleJob }) => [
      {
        place: 'ci',
        text: `Extend the job of a role, and ${hasVariableArn ? 'set the variables in its ARN' : 'leave AWS_ROLE_ARN to it'}`,
        change: `extends: ${roleJob}`,
      },
    ],
    source: 'https://docs.gitlab.com/ci/variables/#protect-a-cicd-variable',
  },
  {
    id: 'role-arn-empty',
    text: '--role-arn: expected one argument',
    pattern: /--role-arn: expected one argument/i,
    applies: never,
    cause: () =>
      'the variable with the role ARN is empty. It is not set, or it is a protected variable and the ref is not protected',
    fixes: ({ instanceUrl }) => [
      {
        place: 'gitlab',
        text: 'Make the variable available on every ref. An ARN is not a secret: the trust policy decides who may assume the role',
        change: [
          'curl --fail --request PUT --header "PRIVATE-TOKEN: $GITLAB_TOKEN" \\',
          '  --data-urlencode protected=false \\',
          `  "${instanceUrl}/api/v4/projects/$CI_PROJECT_ID/variables/AWS_ROLE_ARN"`,
        ].join('\n'),
      },
    ],
    source: 'https://docs.gitlab.com/ci/variables/#protect-a-cicd-variable',
  },
  {
    id: 'native-part-missing',
    text: "Cannot find module '../build/Release/pty.node'",
    pattern: /pty\.node/,
    applies: ({ cdk }) => cdk?.hasNativePart === true,
    cause: () => 'a native part of cdktf-cli is missing for this version of Node',
    fixes: () => [
      { place: 'shell', text: 'Run npm rebuild, or use Node 20', change: 'npm rebuild' },
    ],
    source: 'https://github.com/hashicorp/terraform-cdk',
  },
  {
    id: 'profile-missing',
    text: 'ProfileNotFound: The config profile could not be found',
    pattern: /ProfileNotFound|config profile .* could not be found/i,
    applies: ({ cdk }) => cdk !== undefined,
    cause: () => 'AWS_PROFILE names a profile that does not exist',
    fixes: () => [
      {
        place: 'shell',
        text: 'Unset AWS_PROFILE and AWS_DEFAULT_PROFILE before the first call of AWS',
        change: 'unset AWS_PROFILE AWS_DEFAULT_PROFILE',
      },
    ],
    source: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html',
  },
];
