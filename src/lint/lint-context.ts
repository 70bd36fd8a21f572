import type { OrganizationRules } from '../access/reach/organization.ts';
import { deniesOf } from '../access/controls.ts';
import type { AttachedPolicy, RoleContext } from '../access/role-context.ts';
import type { Statement } from '../iam/evaluate/policy.ts';
import type { Estate } from './estate.ts';

/** What is known in addition to the trust policy; every field makes the findings sharper. */
export interface LintContext extends LintFacts {
  readonly providerUrl?: string;
  readonly clientIds?: readonly string[];
  readonly thumbprints?: readonly string[];
  readonly roleName?: string;
  readonly rolePath?: string;
  readonly roleDescription?: string;
  readonly sessionName?: string;
  readonly maxSessionDuration?: number;
  readonly durationSeconds?: number;
  readonly attachedPolicies?: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy;
  /** 12 digits. */
  readonly account?: string;
  /** Statements of RCPs that deny for the role. */
  readonly denies?: readonly Statement[];
  readonly roleArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What the user says of all roles, and no role does. */
export interface LintFacts {
  /** Issuers known to be GitLab, without `https://`. */
  readonly issuers?: readonly string[];
  /** Which issuers are GitLabs, by all roles of the input; by the policy alone where left out. */
  readonly estate?: Estate;
  /** `aud` of the CI job's `id_tokens`. */
  readonly ciAudience?: string;
  /** The account's quota of characters for a trust policy; 2,048 unless it was raised. */
  readonly trustPolicyQuota?: number;
  /** The SCPs and RCPs that hold for the role's account. */
  readonly organization?: OrganizationRules;
}

/** What the rules look at. A provider's facts count where it is the only provider that the role trusts. */
export function lintContextOf(role: RoleContext, facts: LintFacts = {}): LintContext {
  const { key, name, path, description, maxSessionDuration, policies, providers } = role;
  const context: { -readonly [Field in keyof LintContext]: LintContext[Field] } = {};
  // Not a spread: V8 gives each object a shape of its own to which members are added after one.
  Object.assign(context, facts);
  const [provider, ...others] = providers;
  if (provider && others.length === 0) {
    context.providerUrl = provider.url;
    if (provider.clientIds) context.clientIds = provider.clientIds;
    if (provider.thumbprints) context.thumbprints = provider.thumbprints;
  }
  if (name !== undefined) context.roleName = name;
  if (path !== undefined) context.rolePath = path;
  if (description !== undefined) context.roleDescription = description;
  if (maxSessionDuration !== undefined) context.maxSessionDuration = maxSessionDuration;
  if (policies) context.attachedPolicies = policies;
  if (role.boundary) context.boundary = role.boundary;
  context.account = key.account;
  const denies = role.controls && deniesOf(role);
  if (denies && denies.length > 0) context.denies = denies;
  if (role.arn !== undefined) context.roleArn = role.arn;
  if (role.tags) context.tags = role.tags;
  return context;
}

/** What roles with equal trust policies have in common, as far as rules look at it. */
export function sharedContext({
  providerUrl,
  clientIds,
  thumbprints,
  ciAudience,
  account,
  denies,
}: LintContext): LintContext {
  return {
    ...(providerUrl !== undefined && { providerUrl }),
    ...(clientIds && { clientIds }),
    ...(thumbprints && { thumbprints }),
    ...(ciAudience !== undefined && { ciAudience }),
    ...(account !== undefined && { account }),
    ...(denies && { denies }),
  };
}
