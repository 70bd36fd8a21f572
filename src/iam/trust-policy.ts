import {
  oneOrMany,
  POLICY_VERSION,
  policyText,
  type PolicyConditions,
  type PolicyValue,
} from './policy.ts';

/** A condition on one key: its values are alternatives. */
export type Conditions = Readonly<Record<string, readonly string[]>>;

/** One way into a role: every condition must hold. Statements are alternatives. */
export interface TrustStatement {
  readonly stringEquals: Conditions;
  readonly stringLike: Conditions;
}

/**
 * The trust policy document of a role that a web identity may assume.
 *
 * @param principal the OIDC provider's ARN, or a reference to it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export function trustPolicyDocument<Ref>(
  statements: readonly TrustStatement[],
  principal: string | Ref,
): Readonly<Record<string, PolicyValue<Ref>>> {
  return {
    Version: POLICY_VERSION,
    Statement: statements.map((statement) => ({
      Effect: 'Allow',
      Principal: { Federated: principal },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: conditionBlock(statement),
    })),
  };
}

/** A statement's Condition: operator, then key, then the value or values. */
export function conditionBlock({ stringEquals, stringLike }: TrustStatement): PolicyConditions {
  return { ...operator('StringEquals', stringEquals), ...operator('StringLike', stringLike) };
}

function operator(name: string, conditions: Conditions): PolicyConditions {
  const entries = Object.entries(conditions);
  if (entries.length === 0) return {};
  return { [name]: Object.fromEntries(entries.map(([key, values]) => [key, oneOrMany(values)])) };
}

/** Characters that AWS counts against the trust policy quota. */
export function trustPolicyLength(
  statements: readonly TrustStatement[],
  providerArn: string,
): number {
  return policyText(trustPolicyDocument(statements, providerArn)).length;
}
