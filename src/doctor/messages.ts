import type { Fix } from './outcome.ts';

/** A message of AWS, GitLab or a client about a sign-in, and what it means. */
export interface Message {
  readonly message: string;
  readonly pattern: RegExp;
  /** Sentences without the last full stop. */
  readonly cause: string;
  readonly fixes: readonly Fix[];
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors */
export const MESSAGES: readonly Message[] = [
  {
    message: 'No OpenIDConnect provider found in your account',
    pattern: /No OpenIDConnect provider found/i,
    cause:
      'the account of the role has no OIDC provider for the token’s iss: it was never made there, or in another account or partition, or its address is not exactly the iss',
    fixes: [
      {
        place: 'aws',
        text: 'Make it in the role’s account, with the address from the message',
        change:
          'aws iam create-open-id-connect-provider \\\n  --url https://gitlab.com \\\n  --client-id-list https://gitlab.com',
      },
    ],
  },
  {
    message: 'Incorrect token audience',
    pattern: /Incorrect token audience/i,
    cause: 'the aud that the job asks for is not among the client ids of the OIDC provider',
    fixes: [
      {
        place: 'ci',
        text: 'Ask for the audience that provider and trust policy name',
        change: 'id_tokens:\n  AWS_ID_TOKEN:\n    aud: https://gitlab.com',
      },
    ],
  },
  {
    message: "Couldn't retrieve verification key from your identity provider",
    pattern: /Couldn.?t retrieve verification key/i,
    cause:
      'AWS could not get the issuer’s keys: the instance is not reachable from the internet, answers later than 5 seconds, or was throttled',
    fixes: [
      {
        place: 'gitlab',
        text: 'Run the job again. Of an instance that is not public, GitLab 18.1 and newer can name a public host as issuer, in gitlab.rb',
        change: "gitlab_rails['ci_id_tokens_issuer_url'] = 'https://oidc.example.com'",
      },
    ],
  },
  {
    message: "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
    pattern: /HTTPS certificate doesn.?t match configured thumbprint/i,
    cause:
      'no CA that AWS trusts signed the issuer’s certificate, and the provider’s thumbprint is not that of its CA, or of an earlier one',
    fixes: [
      {
        place: 'shell',
        text: 'See the thumbprint, then list it in the answers under provider.thumbprints',
        change: 'create-gitlab-aws-oidc doctor --issuer https://gitlab.example.com',
      },
    ],
  },
  {
    message: 'Missing a required claim: aud',
    pattern: /Missing a required claim: aud/i,
    cause: 'the token has no aud: it is the old CI_JOB_JWT',
    fixes: [
      {
        place: 'ci',
        text: 'Ask for an ID token',
        change: 'id_tokens:\n  AWS_ID_TOKEN:\n    aud: https://gitlab.com',
      },
    ],
  },
  {
    message: 'ExpiredTokenException',
    pattern: /ExpiredToken|Token expired/i,
    cause: 'the token was used after its exp, which is the job’s timeout, or 5 minutes without one',
    fixes: [
      {
        place: 'ci',
        text: 'Sign in early in the job, and give a long job a longer timeout',
        change: 'timeout: 3h',
      },
    ],
  },
  {
    message: 'ValidationError … roleSessionName',
    pattern: /at 'roleSessionName' failed/i,
    cause:
      'the session name holds a slash or another character that STS refuses, or has more than 64',
    fixes: [
      {
        place: 'shell',
        text: 'Name the session by numbers',
        change: 'export AWS_ROLE_SESSION_NAME="gitlab-${CI_PROJECT_ID}-${CI_JOB_ID}"',
      },
    ],
  },
  {
    message: 'DurationSeconds exceeds the MaxSessionDuration',
    pattern: /DurationSeconds exceeds the MaxSessionDuration|at 'durationSeconds' failed/i,
    cause: 'the job asks for a longer session than the role allows, which is an hour unless raised',
    fixes: [
      { place: 'ci', text: 'Ask for less', change: 'variables:\n  AWS_ROLE_DURATION: "3600"' },
      {
        place: 'answers',
        text: 'Or allow more, at the role in the answers, then run update and deploy',
        change: 'session_duration: 7200',
      },
    ],
  },
  {
    message: 'MalformedPolicyDocument … which is not scoped to all',
    pattern: /not scoped to/i,
    cause:
      'everybody’s projects on gitlab.com share its issuer, so AWS takes no trust policy for it without a gitlab.com:sub under StringEquals or StringLike',
    fixes: [
      {
        place: 'aws',
        text: 'Name the project and ref in the statement’s Condition',
        change:
          '"StringEquals": {\n  "gitlab.com:sub": "project_path:mygroup/myproject:ref_type:branch:ref:main"\n}',
      },
    ],
  },
  {
    message:
      'MalformedPolicyDocument: Federated principals must be valid domain names or SAML metadata ARNs',
    pattern: /Federated principals must be valid/i,
    cause: 'the Federated principal of the trust policy is not the ARN of an OIDC provider',
    fixes: [
      {
        place: 'aws',
        text: 'Write the provider’s ARN, which ends with its address without https://',
        change: '"Federated": "arn:aws:iam::123456789012:oidc-provider/gitlab.com"',
      },
    ],
  },
  {
    message: 'LimitExceeded: Cannot exceed quota for ACLSizePerRole',
    pattern: /ACLSizePerRole/i,
    cause: 'the trust policy has more characters than AWS takes, 2048 unless raised',
    fixes: [
      {
        place: 'answers',
        text: 'Have the role split: create and update do it by themselves. Or have AWS raise the quota, and say so in the answers',
        change: 'aws:\n  quotas:\n    trust_policy: 4096',
      },
    ],
  },
  {
    message: 'EntityAlreadyExists: Provider with url … already exists',
    pattern: /Provider with url .*already exists|CreateOpenIDConnectProvider.*EntityAlreadyExists/i,
    cause: 'an account has one OIDC provider per address, and another stack has made it',
    fixes: [
      {
        place: 'answers',
        text: 'Use the one that is there, then run update and deploy',
        change: 'provider:\n  mode: existing',
      },
    ],
  },
  {
    message:
      "ID token issuance is disabled in CI because this project's path was previously used by a different project",
    pattern: /ID token issuance is disabled/i,
    cause:
      'another project had this path before, and GitLab 19.1 and newer give no subject by path that could be mistaken for it',
    fixes: [
      {
        place: 'gitlab',
        text: 'Give the project a subject that begins with its id, and the same under sub_components in the answers',
        change: [
          'curl --fail --request PUT --header "PRIVATE-TOKEN: $GITLAB_TOKEN" \\',
          ...['project_id', 'ref_type', 'ref'].map(
            (one) => `  --data-urlencode 'ci_id_token_sub_claim_components[]=${one}' \\`,
          ),
          '  "https://gitlab.com/api/v4/projects/$CI_PROJECT_ID"',
        ].join('\n'),
      },
    ],
  },
  {
    message: '--role-arn: expected one argument',
    pattern: /--role-arn: expected one argument/i,
    cause:
      'the variable with the role’s ARN is empty: it is not set, or it is a protected variable and the ref is not protected',
    fixes: [
      {
        place: 'gitlab',
        text: 'Give the variable to every ref: an ARN is no secret, and the trust policy decides who gets in',
        change: [
          'curl --fail --request PUT --header "PRIVATE-TOKEN: $GITLAB_TOKEN" \\',
          '  --data-urlencode protected=false \\',
          '  "https://gitlab.com/api/v4/projects/$CI_PROJECT_ID/variables/AWS_ROLE_ARN"',
        ].join('\n'),
      },
    ],
  },
  {
    message: 'ProfileNotFound: The config profile could not be found',
    pattern: /ProfileNotFound|config profile .* could not be found/i,
    cause: 'AWS_PROFILE names a profile that the job does not have',
    fixes: [
      {
        place: 'shell',
        text: 'Unset it before the first AWS call',
        change: 'unset AWS_PROFILE AWS_DEFAULT_PROFILE',
      },
    ],
  },
  {
    message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    pattern: /Not authorized to perform:? ?sts:AssumeRoleWithWebIdentity/i,
    cause:
      'the provider takes the token, and the role does not: its trust policy names another sub or aud (branch, tag, merge request, fork, letter case, renamed project, a wildcard under StringEquals), or the role’s ARN or account is wrong',
    fixes: [
      {
        place: 'shell',
        text: 'See which condition fails, with the token of the job and the role’s trust policy',
        change:
          'aws iam get-role --role-name NAME > role.json\ncreate-gitlab-aws-oidc doctor role.json --token-file token.jwt',
      },
    ],
  },
];

/** What a message means; `undefined` where it is none of those known. */
export function explainMessage(text: string): Message | undefined {
  return MESSAGES.find(({ pattern }) => pattern.test(text));
}
