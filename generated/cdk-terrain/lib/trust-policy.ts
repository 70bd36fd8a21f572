/** Conditions of one statement: operator, then condition key, then the value or values it may have. */
type Conditions = Record<string, Record<string, string | string[]>>;

/**
 * A trust policy that lets a GitLab job assume a role when its ID token meets
 * every condition of at least one of the statements.
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
