/** Conditions of one statement: operator, then condition key, then the allowed value or values. */
type Conditions = Record<string, Record<string, string | string[]>>;

/**
 * A trust policy that lets a GitLab job assume a role if its ID token meets
 * every condition of at least one statement.
 */
export function trustPolicy(
  providerArn: string,
  ...statements: Conditions[]
): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((conditions) => ({
      Effect: "Allow",
      Principal: { Federated: providerArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: conditions,
    })),
  });
}
