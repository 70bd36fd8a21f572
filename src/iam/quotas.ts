/**
 * Limits of IAM and STS; `raisable` ones are defaults that AWS support can raise.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const QUOTAS = {
  /** Characters of a role's trust policy; raisable to 8,192. */
  trustPolicy: 2048,
  trustPolicyMax: 8192,
  /** Managed policies attached to one role; raisable to 25. */
  managedPolicies: 10,
  managedPoliciesMax: 25,
  /** Roles in an account; raisable to 5,000. */
  roles: 1000,
  rolesMax: 5000,
  /** Characters of a role's inline policies together. */
  inlinePolicies: 10_240,
  /** Characters of a managed policy, as a permissions boundary is one. */
  managedPolicy: 6144,
  /**
   * Characters of a resource control policy, and of a service control policy, white space included where the AWS CLI sends it.
   *
   * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
   */
  organizationPolicy: 5120,
  /**
   * Characters of a bucket's policy.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
   */
  bucketPolicy: 20_480,
  roleName: 64,
  rolePath: 512,
  policyName: 128,
  description: 1000,
  tags: 50,
  tagKey: 128,
  tagValue: 256,
  audience: 255,
  /** Client IDs of one provider. */
  audiences: 100,
  thumbprints: 5,
  /** Seconds that a role allows; a job may ask for less. */
  sessionMin: 3600,
  askedSessionMin: 900,
  sessionMax: 43_200,
} as const;
