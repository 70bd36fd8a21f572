/** An OIDC provider of the role's account, and what is known of it. */
export interface Provider {
  readonly arn: string;
  /** Its URL without `https://`, which is the prefix of its condition keys. */
  readonly issuer: string;
  /** The audiences that it accepts; any, where that is not known. */
  readonly clientIds?: readonly string[];
}
