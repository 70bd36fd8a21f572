import type { AttachedPolicy, RoleContext } from '../access/role-context.ts';
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
}

/** What the rules look at. A provider's facts count where it is the only provider that the role trusts. */
export function lintContextOf(role: RoleContext, facts: LintFacts = {}): LintContext {
  const { name, path, description, maxSessionDuration, policies, providers } = role;
  const [provider, ...others] = providers;
  return {
    ...facts,
    ...(provider && others.length === 0
      ? {
          providerUrl: provider.url,
          ...(provider.clientIds ? { clientIds: provider.clientIds } : {}),
          ...(provider.thumbprints ? { thumbprints: provider.thumbprints } : {}),
        }
      : {}),
    ...(name === undefined ? {} : { roleName: name }),
    ...(path === undefined ? {} : { rolePath: path }),
    ...(description === undefined ? {} : { roleDescription: description }),
    ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
    ...(policies ? { attachedPolicies: policies } : {}),
  };
}
