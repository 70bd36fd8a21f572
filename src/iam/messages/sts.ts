import { idTokensLines } from './fix.ts';
import { always, never, STS_ERRORS, type Message } from './message.ts';

/** What STS answers when it rejects a token or the request with it. */
export const STS_MESSAGES: readonly Message[] = [
  {
    id: 'not-authorized',
    text: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    pattern: /Not authorized to perform:? ?sts:AssumeRoleWithWebIdentity/i,
    applies: always,
    cause: ({ customSubjects, requiresEnvironment }) =>
      [
        "the OIDC provider accepts the token, but no statement of the role's trust policy matches it. The job runs in another project, a fork, or on another branch or tag; letter case counts. Or the project was renamed, its id or the protection of the ref differs, a wildcard is under StringEquals, or the role ARN is wrong",
        ...(customSubjects ? ['The custom subject may also be missing in GitLab'] : []),
        ...(requiresEnvironment ? ['The job may also lack the environment it needs'] : []),
      ].join('. '),
    fixes: () => [
      {
        place: 'shell',
        text: 'Find the condition that fails, with the token of the job and the trust policy of the role',
        change:
          'aws iam get-role --role-name NAME > role.json\ncreate-gitlab-aws-oidc doctor role.json --token-file token.jwt',
      },
    ],
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  },
  {
    id: 'no-provider',
    text: 'No OpenIDConnect provider found in your account for …',
    pattern: /No OpenIDConnect provider found/i,
    applies: always,
    cause: () =>
      "the role's account has no OIDC provider for the token's iss. It was not deployed there, it is in another account or partition, or its URL differs",
    fixes: ({ issuerUrl, audience }) => [
      {
        place: 'aws',
        text: "Deploy the repository to the role's account, or create the provider there with the URL from the message",
        change: `aws iam create-open-id-connect-provider \\\n  --url ${issuerUrl} \\\n  --client-id-list ${audience}`,
      },
    ],
    source: STS_ERRORS,
  },
  {
    id: 'incorrect-audience',
    text: 'Incorrect token audience',
    pattern: /Incorrect token audience/i,
    applies: always,
    cause: () => 'the aud of the token is not one of the client IDs of the OIDC provider',
    fixes: ({ audience }) => [
      {
        place: 'ci',
        text: `Request the audience that the provider and the trust policy name: ${audience}`,
        change: idTokensLines(audience),
      },
    ],
    source: STS_ERRORS,
  },
  {
    id: 'keys-not-retrieved',
    text: "Couldn't retrieve verification key from your identity provider",
    pattern: /Couldn.?t retrieve verification key/i,
    applies: always,
    cause: ({ isGitlabCom }) =>
      isGitlabCom
        ? "AWS could not read the issuer's keys. GitLab was unreachable for a moment, or AWS was throttled"
        : "AWS could not read the issuer's keys. The instance cannot be reached from the internet, takes longer than 5 seconds, or AWS was throttled",
    fixes: ({ issuerUrl, isGitlabCom }) => {
      const change = "gitlab_rails['ci_id_tokens_issuer_url'] = 'https://oidc.example.com'";
      const publicHost = 'set a public host as the issuer (GitLab 18.1) in gitlab.rb';
      if (!isGitlabCom) {
        const text = `Run the job again. AWS must reach ${issuerUrl}/.well-known/openid-configuration and the keys it names. If it cannot, ${publicHost}`;
        return [{ place: 'gitlab', text, change }];
      }
      return [
        { place: 'ci', text: 'Run the job again, or let GitLab do so', change: 'retry: 1' },
        { place: 'gitlab', text: `On an instance that is not public, ${publicHost}`, change },
      ];
    },
    source: 'https://docs.gitlab.com/ci/cloud_services/aws/',
  },
  {
    id: 'thumbprint-mismatch',
    text: "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
    pattern: /HTTPS certificate doesn.?t match configured thumbprint/i,
    applies: ({ isGitlabCom }) => !isGitlabCom,
    cause: () =>
      "a CA that AWS does not trust signed the issuer's certificate, and the provider does not list the thumbprint of that CA",
    fixes: ({ issuerUrl, isGitlabCom, provider }) => [
      {
        place: 'shell',
        text:
          provider === 'create'
            ? 'Read the thumbprint, then list it in the answers under provider.thumbprints'
            : 'Read the thumbprint, then add it to the existing provider',
        change: `create-gitlab-aws-oidc doctor --issuer ${
          isGitlabCom ? 'https://gitlab.example.com' : issuerUrl
        }`,
      },
    ],
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html',
  },
  {
    id: 'no-audience',
    text: 'Missing a required claim: aud',
    pattern: /Missing a required claim: aud/i,
    applies: never,
    cause: () => 'the token has no aud: it is the former CI_JOB_JWT',
    fixes: ({ audience }) => [
      { place: 'ci', text: 'Request an ID token', change: idTokensLines(audience) },
    ],
    source: 'https://docs.gitlab.com/ci/secrets/id_token_authentication/',
  },
  {
    id: 'token-expired',
    text: 'ExpiredTokenException',
    pattern: /ExpiredToken|Token expired/i,
    applies: always,
    cause: () =>
      'the token was used after its exp: the timeout of the job, or 5 minutes where the job has none',
    fixes: () => [
      {
        place: 'ci',
        text: 'Sign in early in the job, and give a long job a longer timeout',
        change: 'timeout: 3h',
      },
    ],
    source: STS_ERRORS,
  },
  {
    id: 'session-name',
    text: 'ValidationError … roleSessionName',
    pattern: /at 'roleSessionName' failed/i,
    applies: never,
    cause: () =>
      'the session name has a slash or another character that STS rejects, or more than 64 characters',
    fixes: () => [
      {
        place: 'shell',
        text: 'Build the session name from ids',
        change: 'export AWS_ROLE_SESSION_NAME="gitlab-${CI_PROJECT_ID}-${CI_JOB_ID}"',
      },
    ],
    source:
      'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html',
  },
  {
    id: 'session-too-long',
    text: 'The requested DurationSeconds exceeds the MaxSessionDuration',
    pattern: /DurationSeconds exceeds the MaxSessionDuration|at 'durationSeconds' failed/i,
    applies: ({ asksDuration }) => asksDuration,
    cause: () =>
      'the job requests a longer session than the role allows, which is one hour unless raised',
    fixes: () => [
      {
        place: 'ci',
        text: 'Request a shorter session with AWS_ROLE_DURATION',
        change: 'variables:\n  AWS_ROLE_DURATION: "3600"',
      },
      {
        place: 'answers',
        text: 'Or allow a longer one at the role in the answers, then run update and deploy',
        change: 'session_duration: 7200',
      },
    ],
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html',
  },
];
