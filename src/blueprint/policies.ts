import { labelIn } from '../access/account.ts';
import type { AttachedPolicy, RoleContext } from '../access/role-context.ts';
import type { Trust } from '../access/trust.ts';
import { ANY_ACCOUNT, providerArn, STAND_IN_ACCOUNT } from '../iam/arn.ts';
import { parseShaped } from '../iam/evaluate/policy-shape.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import type { PolicyValue } from '../iam/policy.ts';
import { trustPolicyDocument, type TrustStatement } from '../iam/trust-policy.ts';
import type { LintFacts } from '../lint/lint-context.ts';
import type { Blueprint, Entry, Issuer, RoleBlueprint, Stack } from './blueprint.ts';
import { documentsIn } from './bootstrap/accounts.ts';
import { statementsOf } from './trust.ts';

/**
 * Each role as AWS will hold it.
 *
 * @param file the answers file, for places
 */
export function roleContextsOf(blueprint: Blueprint, file = ''): RoleContext[] {
  return blueprint.stacks.flatMap((stack) =>
    stack.roles.map((role) => roleContextOf(role, stack, blueprint, file)),
  );
}

/** The roles of the pipeline of the repository as each account gets them from the bootstrap. */
export function pipelineRolesOf(blueprint: Blueprint, file = ''): RoleContext[] {
  const { bootstrap, stacks } = blueprint;
  if (!bootstrap) return [];
  return stacks.flatMap((stack) => {
    const inStack = documentsIn(bootstrap, stack);
    return [bootstrap.plan.role, bootstrap.apply.role].map((role) => {
      const { policies = [], boundary, ...context } = roleContextOf(role, stack, blueprint, file);
      return {
        ...context,
        policies: policies.map((policy) => inlineOf(policy, inStack)),
        ...(boundary?.arn !== undefined && {
          boundary: boundaryOf(inStack.text(boundary.arn), stack, bootstrap),
        }),
        ...(stacks.length > 1 && { sharedAs: `bootstrap ${role.label}` }),
      };
    });
  });
}

/** A policy of the bootstrap as one account has it. */
function inlineOf(policy: AttachedPolicy, inStack: ReturnType<typeof documentsIn>): AttachedPolicy {
  const { document } = policy;
  return document === undefined
    ? policy
    : { ...policy, document: inStack.document(document as PolicyValue) };
}

/** The roles of the pipeline of the repository, in the account of the first stack. */
export function pipelineContextsOf(blueprint: Blueprint): RoleContext[] {
  const { bootstrap, stacks } = blueprint;
  const roles = bootstrap ? [bootstrap.plan.role, bootstrap.apply.role] : [];
  return roles.map((role) => roleContextOf(role, stacks[0], blueprint));
}

/** A boundary by its ARN, with its document where it is the one that the bootstrap creates. */
function boundaryOf(arn: string, stack: Stack, bootstrap: Blueprint['bootstrap']): AttachedPolicy {
  const created = bootstrap && documentsIn(bootstrap, stack).boundary;
  return created?.arn === arn ? created : { arn };
}

/** The documents of the boundaries that the bootstrap creates, by ARN. */
export function boundaryDocuments({ bootstrap, stacks }: Blueprint): ReadonlyMap<string, unknown> {
  return new Map(
    stacks.flatMap((stack): [string, unknown][] => {
      if (!bootstrap || stack.aws.accountId === undefined) return [];
      const { arn, document } = documentsIn(bootstrap, stack).boundary;
      return [[arn, document]];
    }),
  );
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
  return name === undefined ? role.name : labelIn(name, role.name);
}

/** Some ways into a role, and what is known of the provider. */
export function trustOfEntries(entries: readonly Entry[], { aws }: Stack, issuer: Issuer): Trust {
  const { prefix, audiences } = issuer;
  const arn = providerArn(aws.partition, aws.accountId ?? STAND_IN_ACCOUNT, prefix);
  const policy = policyOf(statementsOf(entries, issuer), arn);
  return { policy, providers: [{ arn, issuer: prefix, clientIds: audiences }] };
}

function policyOf(statements: readonly TrustStatement[], arn: string): TrustPolicy {
  const parsed = parseShaped(trustPolicyDocument(statements, arn));
  if (!parsed.ok) throw new Error(`the trust policy for ${arn} is none`);
  return parsed.policy;
}

/** The OIDC provider of an account, new or existing. */
export function providerFactsOf({ aws, provider }: Stack, issuer: Issuer, file = '') {
  return {
    arn: providerArn(aws.partition, aws.accountId ?? STAND_IN_ACCOUNT, issuer.prefix),
    url: issuer.url,
    clientIds: issuer.audiences,
    thumbprints: provider.thumbprints,
    place: { file, path: 'provider' },
  };
}

/**
 * One role as AWS will hold it.
 *
 * @param file the answers file, for places
 */
export function roleContextOf(
  role: RoleBlueprint,
  stack: Stack,
  { issuer, bootstrap }: Pick<Blueprint, 'issuer' | 'bootstrap'>,
  file = '',
): RoleContext {
  const { aws } = stack;
  const label = labelOfRole(stack, role);
  const provider = providerFactsOf(stack, issuer, file);
  const place = { file, path: label };
  return {
    key: {
      account: aws.accountId ?? stack.name ?? ANY_ACCOUNT,
      ...(stack.name !== undefined && { accountName: stack.name }),
      name: role.name,
    },
    label,
    place,
    name: role.name,
    path: role.path,
    trust: policyOf(role.trust, provider.arn),
    trustPlace: place,
    providers: [provider],
    policies: [
      ...role.managedPolicies.map(({ arn: policy }) => ({ arn: policy })),
      ...role.inlinePolicies.map(({ name, document }) => ({ name, document })),
    ],
    ...(role.permissionsBoundary === undefined
      ? {}
      : { boundary: boundaryOf(role.permissionsBoundary, stack, bootstrap) }),
    tags: role.tags,
    maxSessionDuration: role.sessionDuration,
    ...(role.description === undefined ? {} : { description: role.description }),
    ...(stack.shared.has(role.label) && { sharedAs: role.label }),
  };
}
