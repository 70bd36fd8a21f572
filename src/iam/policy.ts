/** A value of a policy document; `Ref` stands for what only Terraform knows, such as an ARN. */
export type PolicyValue<Ref = never> =
  | null
  | string
  | number
  | boolean
  | Ref
  | readonly PolicyValue<Ref>[]
  | { readonly [key: string]: PolicyValue<Ref> };

/** Operator, then condition key, then the value or values it may have. */
export type PolicyConditions = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

/** One statement of a permission policy. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: PolicyConditions;
}

/** The one version in which policy variables work. */
export const POLICY_VERSION = '2012-10-17';

/**
 * The text of a policy as Terraform's `jsonencode` sends it: minified, with `<`, `>` and `&` as six characters each.
 * Its length is what AWS holds against the quota.
 */
export function policyText(document: PolicyValue): string {
  return JSON.stringify(document).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}

/**
 * Writes text into a policy so that IAM reads that very text: a `$` before `{` would begin a policy variable.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function policyLiteral(text: string): string {
  return text.replaceAll('${', '${$}{');
}

/** A list of one is written as its one value. */
export function oneOrMany<T>(values: readonly T[]): T | readonly T[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}
