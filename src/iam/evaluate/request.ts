/** Condition key to value, as AWS fills it from the token: `gitlab.com:sub`, `aws:SourceIp`, … */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** A call of `sts:AssumeRoleWithWebIdentity`. */
export interface WebIdentityRequest {
  /** ARN of the OIDC provider that vouches for the token. */
  readonly principal: string;
  readonly context: RequestContext;
}

/** The action behind `aws sts assume-role-with-web-identity`. */
export const WEB_IDENTITY_ACTION = 'sts:AssumeRoleWithWebIdentity';

/**
 * The values of a condition key. Key names are not case-sensitive:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function valuesOf(
  context: RequestContext,
  key: string,
): string | readonly string[] | undefined {
  if (Object.hasOwn(context, key)) return context[key];
  const lower = key.toLowerCase();
  for (const candidate in context) {
    if (candidate.length === key.length && candidate.toLowerCase() === lower) {
      return context[candidate];
    }
  }
  return undefined;
}
