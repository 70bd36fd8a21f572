import { QUOTAS } from '../quotas.ts';
import { always, never, type Message } from './message.ts';

/** What IAM answers when it rejects a provider or a trust policy. */
export const IAM_MESSAGES: readonly Message[] = [
  {
    id: 'subject-not-scoped',
    text: 'MalformedPolicyDocument … which is not scoped to all',
    pattern: /not scoped to/i,
    applies: never,
    cause: () =>
      'all projects on gitlab.com share one issuer. AWS therefore rejects a trust policy for it without gitlab.com:sub under StringEquals or StringLike',
    fixes: () => [
      {
        place: 'aws',
        text: "Name the project and the ref in the statement's Condition",
        change:
          '"StringEquals": {\n  "gitlab.com:sub": "project_path:mygroup/myproject:ref_type:branch:ref:main"\n}',
      },
    ],
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
  },
  {
    id: 'principal-form',
    text: 'MalformedPolicyDocument: Federated principals must be valid domain names or SAML metadata ARNs',
    pattern: /Federated principals must be valid/i,
    applies: never,
    cause: () => 'the Federated principal of the trust policy is not the ARN of an OIDC provider',
    fixes: () => [
      {
        place: 'aws',
        text: "Write the provider's ARN, which ends with its URL without https://",
        change: '"Federated": "arn:aws:iam::123456789012:oidc-provider/gitlab.com"',
      },
    ],
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  },
  {
    id: 'trust-policy-too-long',
    text: 'LimitExceeded: Cannot exceed quota for ACLSizePerRole',
    pattern: /ACLSizePerRole/i,
    applies: always,
    cause: ({ trustPolicyQuota }) =>
      trustPolicyQuota > QUOTAS.trustPolicy
        ? `the trust policy is longer than the account's quota: AWS has not raised it to ${trustPolicyQuota} characters`
        : `the trust policy is longer than AWS allows: ${QUOTAS.trustPolicy} characters unless raised`,
    fixes: ({ trustPolicyQuota }) => [
      {
        place: 'answers',
        text: 'Let update write and split the role again. Or have AWS raise the quota, and set aws.quotas.trust_policy in the answers',
        change: `aws:\n  quotas:\n    trust_policy: ${Math.max(trustPolicyQuota, 4096)}`,
      },
    ],
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  {
    id: 'provider-exists',
    text: 'EntityAlreadyExists: Provider with url … already exists.',
    pattern: /Provider with url .*already exists|CreateOpenIDConnectProvider.*EntityAlreadyExists/i,
    applies: ({ provider }) => provider === 'create',
    cause: () =>
      'an account can have one OIDC provider per URL, and this account already has it, for example from another stack',
    fixes: ({ hasAccounts }) => [
      {
        place: 'answers',
        text: `Set provider.mode${hasAccounts ? ' of the account' : ''} to existing, then run update and deploy. Or import the provider`,
        change: hasAccounts
          ? 'accounts:\n  - name: NAME\n    provider:\n      mode: existing'
          : 'provider:\n  mode: existing',
      },
    ],
    source:
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html',
  },
];
