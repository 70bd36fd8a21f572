import type { Problem } from '../../text/problem.ts';
import type { FoundAccounts } from '../accounts/found-accounts.ts';
import type { Guide } from './guide.ts';

/** What is known of an instance before it is asked about. */
export interface Known {
  /** Where the person has GitLab asked. */
  readonly guide: Guide | undefined;
  /** Where its discovery document was read. */
  readonly issuer: IssuerKnown | undefined;
  /** Lists accounts; `undefined` where there are no credentials for AWS. */
  readonly organization?: OrganizationKnown | undefined;
}

/**
 * Asks AWS Organizations for the accounts in organizational units, or for all.
 *
 * @returns why it could not be asked, or `undefined` where the person does not want to wait
 */
export type OrganizationKnown = (
  units: readonly string[],
) => Promise<FoundAccounts | { readonly problem: Problem } | undefined>;

/** What an issuer's documents and certificates say. Nothing of it becomes an answer or a default unless it is verified. */
export interface IssuerKnown {
  /** Why the connection is not verified by the CAs that are trusted here, in OpenSSL's word; `undefined` where it is. */
  readonly distrust: string | undefined;
  /** The `iss` of its tokens, where that is not the instance's address. */
  readonly issuer: string | undefined;
  /** Whether a CA that AWS can be expected to trust signed the verified certificate of the keys' host. */
  readonly publicCa: boolean;
  /** Where it did not: what AWS wants to know the certificate by. */
  readonly thumbprints: readonly string[];
  /** Name of the CA that the first thumbprint is of. */
  readonly signedBy: string | undefined;
}
