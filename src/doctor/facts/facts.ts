import type { Blueprint, RoleBlueprint, Stack } from '../../blueprint/blueprint.ts';
import type { Flaw } from '../../text/flaw.ts';
import type { IssuerReport } from '../../gitlab/issuer/inspect.ts';
import type { TrustPolicy } from '../../iam/evaluate/policy.ts';
import type { RoleArn } from '../role-arn.ts';
import type { Claims, Token } from '../../gitlab/id-token.ts';

/** Everything that is known of a sign-in; what is left out nobody told, and the checks that need it say so. */
export interface Facts {
  /** Seconds since 1970. */
  readonly now: number;
  /** The variables of the job, where this runs in it. */
  readonly job?: Variables;
  readonly token?: Token | { readonly flaw: Flaw };
  /** The token's, pasted, or made from project and ref. */
  readonly claims?: Claims;
  readonly role?: RoleArn | { readonly flaw: Flaw };
  readonly session: { readonly name?: string; readonly seconds?: number };
  readonly trust?: Trust;
  readonly repository?: Repository;
  /** What `iss` names. */
  readonly issuer?: IssuerReport;
  readonly provider?: Provider;
  /** What AWS says of itself, with the credentials of whoever runs this; or why it says nothing. */
  readonly aws?: AwsFacts | { readonly failure: string };
  /** What STS answered to the token, where it was asked. */
  readonly attempt?: Attempt;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** A trust policy and where it was read. */
export interface Trust {
  readonly policy: TrustPolicy;
  readonly from: 'answers' | 'file' | 'aws';
  /** Seconds. */
  readonly maxSessionDuration?: number;
}

/** A generated repository, or the answers of one. */
export interface Repository {
  readonly blueprint: Blueprint;
  /** The account's part of the blueprint that holds the role. */
  readonly stack: Stack;
  readonly role: RoleBlueprint;
  /** Turns `roles[0].refs` into file, line and column. */
  readonly locate: (where: string) => string;
  /** The place of the role in the answers: `roles[0]`. */
  readonly where: string;
  /** The role's trust policy as it will be once it is deployed. */
  readonly policy: TrustPolicy;
}

/** An OIDC provider as it is in AWS, or as the answers make it. */
interface Provider {
  readonly from: 'answers' | 'aws';
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly thumbprints: readonly string[];
}

export interface AwsFacts {
  /** The 12 digits of the account that the credentials are of. */
  readonly account: string;
  /** The role as IAM has it; `null` where it has none of that name. */
  readonly roleArn?: string | null;
  /** ARNs of the account's providers, where the one that is wanted is not among them. */
  readonly otherProviders?: readonly string[];
}

export type Attempt = { readonly identity: string } | { readonly refusal: string };
