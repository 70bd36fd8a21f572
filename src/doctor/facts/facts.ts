import type { Given } from '../../access/tokens/request-dimensions.ts';
import type { Blueprint, RoleBlueprint, Stack } from '../../blueprint/blueprint.ts';
import type { Flaw } from '../../text/flaw.ts';
import type { IssuerReport } from '../../gitlab/issuer/inspect.ts';
import type { Statement, TrustPolicy } from '../../iam/evaluate/policy.ts';
import type { RoleArn } from '../role-arn.ts';
import type { Claims, Token } from '../../gitlab/id-token.ts';

/** Everything that is known about a sign-in. What is absent is unknown, and the checks that need it report that. */
export interface Facts {
  /** Seconds since 1970. */
  readonly now: number;
  /** The variables of the job, where this runs inside one. */
  readonly job?: Variables;
  readonly token?: Token | { readonly flaw: Flaw };
  /** The token's, pasted, or made from project and ref. */
  readonly claims?: Claims;
  /** Keys of the request that flags give. */
  readonly given?: Given;
  /** Claims that the token has as well, with any value: of a job that flags describe. */
  readonly unknown?: readonly string[];
  readonly role?: RoleArn | { readonly flaw: Flaw };
  readonly session: { readonly name?: string; readonly seconds?: number };
  readonly trust?: KnownTrust;
  readonly repository?: Repository;
  /** What the issuer at `iss` answers. */
  readonly issuer?: IssuerReport;
  readonly provider?: KnownProvider;
  /** What AWS answers, with the caller's own credentials; or why it does not answer. */
  readonly aws?: AwsFacts | { readonly failure: string };
  /** What STS answered to the token, where `--try` sent it. */
  readonly attempt?: Attempt;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** A trust policy and where it was read. */
export interface KnownTrust {
  readonly policy: TrustPolicy;
  readonly from: 'answers' | 'file' | 'aws';
  /** Statements of RCPs that deny for the role. */
  readonly denies?: readonly Statement[];
  /** The role's, as far as it is known. */
  readonly account?: string;
  /** Seconds. */
  readonly maxSessionDuration?: number;
}

/** A generated repository, or the answers of one. */
export interface Repository {
  readonly blueprint: Blueprint;
  /** The part of the blueprint for the role's account. */
  readonly stack: Stack;
  readonly role: RoleBlueprint;
  /** Turns `roles[0].refs` into file, line and column. */
  readonly locate: (where: string) => string;
  /** The place of the role in the answers: `roles[0]`. */
  readonly where: string;
  /** The role's trust policy as it will be once it is deployed. */
  readonly policy: TrustPolicy;
}

/** An OIDC provider as it is in AWS, or as the answers define it. */
interface KnownProvider {
  readonly from: 'answers' | 'aws';
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly thumbprints: readonly string[];
}

export interface AwsFacts {
  /** The 12 digits of the account that the credentials belong to. */
  readonly account: string;
  /** The ARN of the role in IAM; `null` where IAM has no role of that name. */
  readonly roleArn?: string | null;
  /** ARNs of the account's providers, where the expected one is not among them. */
  readonly otherProviders?: readonly string[];
}

export type Attempt = { readonly identity: string } | { readonly refusal: string };
