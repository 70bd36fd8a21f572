import { contextsIn, type Row } from './needs.ts';
import type { Names } from './pipeline.ts';

/** Calls by which the apply role of an account could widen itself. */
export function waysIn(names: Names): readonly Row[] {
  const { account, applyRole, planRole, boundary, provider, managedRole, otherRole } = names;
  const { bucket, stateKey } = names;
  const { WITH, ADMIN, OWN } = contextsIn(names);
  const state = `${bucket}/${stateKey}`;
  const policyNamed = (name: string) => `arn:aws:iam::${account}:policy/${name}`;
  const userNamed = (name: string) => `arn:aws:iam::${account}:user/${name}`;
  return [
    ['rewrites its own trust policy', 'iam:UpdateAssumeRolePolicy', applyRole, WITH],
    ['rewrites the trust policy of the plan role', 'iam:UpdateAssumeRolePolicy', planRole, WITH],
    ['writes a policy into itself', 'iam:PutRolePolicy', applyRole, WITH],
    ['writes a policy into the plan role', 'iam:PutRolePolicy', planRole, WITH],
    ['attaches a policy to itself', 'iam:AttachRolePolicy', applyRole, { ...WITH, ...ADMIN }],
    ['attaches a policy to the plan role', 'iam:AttachRolePolicy', planRole, { ...WITH, ...ADMIN }],
    ['removes its own denials', 'iam:DeleteRolePolicy', applyRole, WITH],
    ['deletes the plan role', 'iam:DeleteRole', planRole, WITH],
    ['deletes itself', 'iam:DeleteRole', applyRole, WITH],
    ['creates another role in the path of the bootstrap', 'iam:CreateRole', applyRole, WITH],
    ['lengthens its own sessions', 'iam:UpdateRole', applyRole, WITH],
    ['tags itself', 'iam:TagRole', applyRole],
    ['takes the boundary from the plan role', 'iam:DeleteRolePermissionsBoundary', planRole, WITH],
    [
      'takes the boundary from a managed role',
      'iam:DeleteRolePermissionsBoundary',
      managedRole,
      WITH,
    ],
    [
      'gives a managed role another boundary',
      'iam:PutRolePermissionsBoundary',
      managedRole,
      { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ],
    ['creates a role without a boundary', 'iam:CreateRole', managedRole],
    [
      'creates a role with another boundary',
      'iam:CreateRole',
      managedRole,
      { 'iam:PermissionsBoundary': policyNamed('gitlab-boundary') },
    ],
    ['creates a role outside the path', 'iam:CreateRole', otherRole, WITH],
    [
      'creates a role in a path that begins alike',
      'iam:CreateRole',
      `arn:aws:iam::${account}:role/gitlab-x/deploy`,
      WITH,
    ],
    ['writes a policy into a managed role without the boundary', 'iam:PutRolePolicy', managedRole],
    [
      'attaches a policy to a managed role without the boundary',
      'iam:AttachRolePolicy',
      managedRole,
      ADMIN,
    ],
    [
      'rewrites the trust of a role without the boundary',
      'iam:UpdateAssumeRolePolicy',
      managedRole,
    ],
    [
      'rewrites the trust of a role outside the path',
      'iam:UpdateAssumeRolePolicy',
      otherRole,
      WITH,
    ],
    ['writes a policy into a role outside the path', 'iam:PutRolePolicy', otherRole, WITH],
    [
      'attaches a policy to a role outside the path',
      'iam:AttachRolePolicy',
      otherRole,
      { ...WITH, ...ADMIN },
    ],
    ['writes a new version of the boundary', 'iam:CreatePolicyVersion', boundary],
    ['goes back to an older version of the boundary', 'iam:SetDefaultPolicyVersion', boundary],
    ['deletes the boundary', 'iam:DeletePolicy', boundary],
    ['deletes a version of the boundary', 'iam:DeletePolicyVersion', boundary],
    ['creates a policy', 'iam:CreatePolicy', policyNamed('mine')],
    ['writes a new version of another policy', 'iam:CreatePolicyVersion', policyNamed('mine')],
    ['adds an audience to the provider', 'iam:AddClientIDToOpenIDConnectProvider', provider],
    [
      'removes an audience from the provider',
      'iam:RemoveClientIDFromOpenIDConnectProvider',
      provider,
    ],
    [
      'replaces the thumbprints of the provider',
      'iam:UpdateOpenIDConnectProviderThumbprint',
      provider,
    ],
    ['deletes the provider', 'iam:DeleteOpenIDConnectProvider', provider],
    [
      'creates a provider for another issuer',
      'iam:CreateOpenIDConnectProvider',
      `arn:aws:iam::${account}:oidc-provider/evil.example`,
    ],
    [
      'creates a SAML provider',
      'iam:CreateSAMLProvider',
      `arn:aws:iam::${account}:saml-provider/evil`,
    ],
    ['passes a managed role to a service', 'iam:PassRole', managedRole],
    ['passes another role to a service', 'iam:PassRole', otherRole],
    ['assumes another role', 'sts:AssumeRole', otherRole],
    ['assumes a role of another account', 'sts:AssumeRole', 'arn:aws:iam::999999999999:role/Admin'],
    ['creates a user', 'iam:CreateUser', userNamed('mine')],
    ['creates an access key', 'iam:CreateAccessKey', userNamed('someone')],
    ['creates a password', 'iam:CreateLoginProfile', userNamed('someone')],
    ['changes a password', 'iam:UpdateLoginProfile', userNamed('someone')],
    ['writes a policy into a user', 'iam:PutUserPolicy', userNamed('someone')],
    ['joins a group', 'iam:AddUserToGroup', `arn:aws:iam::${account}:group/admins`],
    [
      'puts a role into an instance profile',
      'iam:AddRoleToInstanceProfile',
      `arn:aws:iam::${account}:instance-profile/mine`,
    ],
    ['writes the state of another stack', 's3:PutObject', `${bucket}/other/terraform.tfstate`, OWN],
    ['deletes the state', 's3:DeleteObject', state, OWN],
    [
      'writes the state into a bucket of another account',
      's3:PutObject',
      state,
      { 'aws:ResourceAccount': '999999999999' },
    ],
    [
      'changes the stack that made it',
      'cloudformation:UpdateStack',
      `arn:aws:cloudformation:eu-west-1:${account}:stack/gitlab-oidc-bootstrap/1`,
    ],
  ];
}
