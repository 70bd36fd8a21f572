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

/** The roles of the pipeline of the repository, in the account of the first stack. */
export function pipelineContextsOf({ bootstrap, issuer, stacks }: Blueprint): RoleContext[] {
  const roles = bootstrap ? [bootstrap.plan.role, bootstrap.apply.role] : [];
  return roles.map((role) => contextOf(role, stacks[0], issuer, ''));
}

/** What the answers say of all roles. */
export function lintFactsOf({ issuer, stacks }: Blueprint): LintFacts {
  const [{ trustPolicyQuota }] = stacks;
  return { issuers: [issuer.prefix], ciAudience: issuer.audience, trustPolicyQuota };
}

function contextOf(
  role: RoleBlueprint,
  { aws, provider }: Stack,
  issuer: Issuer,
  file: string,
): RoleContext {
  const arn = providerArn(aws.partition, aws.accountId ?? STAND_IN_ACCOUNT, issuer.prefix);
  const parsed = parsePolicy(trustPolicyDocument(role.trust, arn), role.name);
  if (!parsed.ok) throw new Error(`the trust policy of ${role.name} is none`);
  const place = { file, path: role.name };
  return {
    key: { account: aws.accountId ?? ANY_ACCOUNT, name: role.name },
    label: role.name,
    place,
    name: role.name,
    path: role.path,
    trust: parsed.policy,
    trustPlace: place,
    providers: [
      {
        arn,
        url: issuer.url,
        clientIds: [issuer.audience],
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
