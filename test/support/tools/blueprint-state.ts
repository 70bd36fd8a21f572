import type { Blueprint } from '../../../src/blueprint/blueprint.ts';
import { providerArn } from '../../../src/iam/arn.ts';
import { trustPolicyDocument } from '../../../src/iam/trust-policy.ts';
import type { IamProvider, IamRole } from './iam-state.ts';

/** The roles that IAM must have for a blueprint, in an account. */
export function rolesOf({ issuer, stacks }: Blueprint, account: string): IamRole[] {
  const [{ aws, roles }] = stacks;
  const provider = providerArn(aws.partition, account, issuer.prefix);
  return roles
    .map((role) => ({
      name: role.name,
      path: role.path,
      description: role.description,
      sessionDuration: role.sessionDuration,
      trustPolicy: plain(trustPolicyDocument(role.trust, provider)),
      managedPolicies: role.managedPolicies.map(({ arn }) => arn).sort(),
      inlinePolicies: Object.fromEntries(
        role.inlinePolicies.map(({ name, document }) => [name, plain(document)]),
      ),
      permissionsBoundary: role.permissionsBoundary,
      tags: role.tags,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The OIDC provider that IAM must have for it. */
export function providerOf({ issuer, stacks: [{ provider }] }: Blueprint): IamProvider {
  return {
    url: issuer.prefix,
    audiences: [issuer.audience],
    thumbprints: provider.thumbprints,
  };
}

/** As JSON carries it: a key without a value is no key. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
