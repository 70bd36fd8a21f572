import { providerArn } from '../iam/arn.ts';
import { parsePolicy } from '../iam/evaluate/parse-policy.ts';
import type { FoundPolicy } from '../aws/inputs/policy-documents.ts';
import { trustPolicyDocument } from '../iam/trust-policy.ts';
import type { Blueprint, Issuer, RoleBlueprint, Stack } from './blueprint.ts';

/** Stands for the account where the answers do not say which. */
const SOME_ACCOUNT = '123456789012';

/** Each role's trust policy as AWS will hold it, with all that is known for a judgement. */
export function policiesOf(blueprint: Blueprint): FoundPolicy[] {
  const { issuer, stacks } = blueprint;
  return stacks.flatMap((stack) => {
    const { accountId = SOME_ACCOUNT, partition } = stack.aws;
    const arn = providerArn(partition, accountId, issuer.prefix);
    return stack.roles.map((role) => {
      const parsed = parsePolicy(trustPolicyDocument(role.trust, arn), role.name);
      if (!parsed.ok) throw new Error(`the trust policy of ${role.name} is none`);
      return { name: role.name, policy: parsed.policy, context: contextOf(role, stack, issuer) };
    });
  });
}

function contextOf(
  role: RoleBlueprint,
  { provider, trustPolicyQuota }: Stack,
  issuer: Issuer,
): FoundPolicy['context'] {
  return {
    issuers: [issuer.prefix],
    providerUrl: issuer.url,
    clientIds: [issuer.audience],
    ciAudience: issuer.audience,
    thumbprints: provider.thumbprints,
    roleName: role.name,
    rolePath: role.path,
    ...(role.description === undefined ? {} : { roleDescription: role.description }),
    maxSessionDuration: role.sessionDuration,
    attachedPolicies: [
      ...role.managedPolicies.map(({ arn }) => ({ arn })),
      ...role.inlinePolicies.map(({ name, document }) => ({ name, document })),
    ],
    trustPolicyQuota,
  };
}
