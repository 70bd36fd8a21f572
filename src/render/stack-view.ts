import type { Issuer, RoleBlueprint, Stack } from '../blueprint/blueprint.ts';
import { QUOTAS } from '../iam/quotas.ts';
import { trustPolicyDocument } from '../iam/trust-policy.ts';
import { Expression } from './expression.ts';

export type StackView = ReturnType<typeof stackView>;

/** What the HCL and the CDKTF templates print, the same for both. Absent attributes are `undefined`. */
export function stackView(stack: Stack, issuer: Issuer) {
  const { aws, provider } = stack;
  const providerArn = providerArnOf(stack);
  return {
    region: aws.region,
    accountIds: aws.accountId === undefined ? undefined : [aws.accountId],
    creates: provider.mode === 'create',
    url: issuer.url,
    audiences: provider.mode === 'create' ? issuer.audiences : undefined,
    thumbprints: provider.thumbprints.length > 0 ? provider.thumbprints : undefined,
    providerArn,
    roles: stack.roles.map((role) => roleView(role, providerArn)),
  };
}

function roleView(role: RoleBlueprint, providerArn: Expression) {
  const name = new Expression(`aws_iam_role.${role.label}.name`, `${role.constant}.name`);
  return {
    label: role.label,
    constant: role.constant,
    name: role.name,
    path: role.path === '/' ? undefined : role.path,
    description: role.description === '' ? undefined : role.description,
    maxSessionDuration:
      role.sessionDuration === QUOTAS.sessionMin ? undefined : role.sessionDuration,
    permissionsBoundary: role.permissionsBoundary,
    tags: Object.keys(role.tags).length > 0 ? role.tags : undefined,
    trustPolicy: trustPolicyDocument(role.trust, providerArn),
    trustStatements: role.trust,
    managedPolicies: role.managedPolicies.map((policy) => ({ ...policy, role: name })),
    inlinePolicies: role.inlinePolicies.map((policy) => ({ ...policy, role: name })),
    arn: new Expression(`aws_iam_role.${role.label}.arn`, `${role.constant}.arn`),
  };
}

/** The OIDC provider's ARN as each language refers to it. */
function providerArnOf({ provider }: Stack): Expression {
  const block = provider.mode === 'create' ? '' : 'data.';
  return new Expression(`${block}aws_iam_openid_connect_provider.gitlab.arn`, 'gitlab.arn');
}
