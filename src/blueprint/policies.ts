import type { RoleContext } from '../access/role-context.ts';
import { ANY_ACCOUNT, providerArn, STAND_IN_ACCOUNT } from '../iam/arn.ts';
import { parsePolicy } from '../iam/evaluate/parse-policy.ts';
import { trustPolicyDocument } from '../iam/trust-policy.ts';
import type { LintFacts } from '../lint/lint-context.ts';
import type { Blueprint, Issuer, RoleBlueprint, Stack } from './blueprint.ts';

/**
 * Each role as AWS will hold it.
 *
 * @param file the answers file, for places
 */
export function roleContextsOf(blueprint: Blueprint, file = ''): RoleContext[] {
  const { issuer, stacks } = blueprint;
  return stacks.flatMap((stack) => stack.roles.map((role) => contextOf(role, stack, issuer, file)));
}

/** What the answers say of all roles. */
export function lintFactsOf({ issuer, stacks }: Blueprint): LintFacts {
  // A policy is split by the quota of its own account, so the largest says what is too long for any.
  const trustPolicyQuota = stacks.reduce(
    (most, stack) => Math.max(most, stack.trustPolicyQuota),
    0,
  );
  return { issuers: [issuer.prefix], ciAudience: issuer.audience, trustPolicyQuota };
}

/** The blueprint with each shared role in the first of its accounts only: the others would show the same. */
export function withEachRoleOnce(blueprint: Blueprint): Blueprint {
  const { shared, stacks } = blueprint;
  if (!shared) return blueprint;
  const seen = new Set<string>();
  const once = (stack: Stack): Stack => ({
    ...stack,
    roles: stack.roles.filter(({ label }) => {
      if (!stack.shared.has(label)) return true;
      const isFirst = !seen.has(label);
      seen.add(label);
      return isFirst;
    }),
  });
  const [first, ...others] = stacks;
  return { ...blueprint, stacks: [once(first), ...others.map(once)] };
}

/** What a report calls a role: with its account, where there are several. */
export function labelOfRole({ name }: Stack, role: RoleBlueprint): string {
  return name === undefined ? role.name : `${name}/${role.name}`;
}

function contextOf(role: RoleBlueprint, stack: Stack, issuer: Issuer, file: string): RoleContext {
  const { aws, provider } = stack;
  const label = labelOfRole(stack, role);
  const arn = providerArn(aws.partition, aws.accountId ?? STAND_IN_ACCOUNT, issuer.prefix);
  const parsed = parsePolicy(trustPolicyDocument(role.trust, arn), label);
  if (!parsed.ok) throw new Error(`the trust policy of ${role.name} is none`);
  const place = { file, path: label };
  return {
    key: { account: aws.accountId ?? stack.name ?? ANY_ACCOUNT, name: role.name },
    label,
    place,
    name: role.name,
    path: role.path,
    trust: parsed.policy,
    trustPlace: place,
    providers: [
      {
        arn,
        url: issuer.url,
        clientIds: issuer.audiences,
        thumbprints: provider.thumbprints,
        place: { file, path: 'provider' },
      },
    ],
    policies: [
      ...role.managedPolicies.map(({ arn: policy }) => ({ arn: policy })),
      ...role.inlinePolicies.map(({ name, document }) => ({ name, document })),
    ],
    ...(role.permissionsBoundary === undefined
      ? {}
      : { boundary: { arn: role.permissionsBoundary } }),
    tags: role.tags,
    maxSessionDuration: role.sessionDuration,
    ...(role.description === undefined ? {} : { description: role.description }),
  };
}
