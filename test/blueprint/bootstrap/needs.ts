import type { Names } from './pipeline.ts';

type Context = Readonly<Record<string, string>>;

/** A call of an action, in words and as IAM sees it. */
export type Row = readonly [what: string, action: string, resource: string, context?: Context];

/** Contexts of calls in one account: with its boundary, with a policy to attach, of the account that owns the state. */
export function contextsIn({ boundary, stateAccount }: Names) {
  return {
    WITH: { 'iam:PermissionsBoundary': boundary },
    ADMIN: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' },
    OWN: { 'aws:ResourceAccount': stateAccount },
  };
}

/** What Terraform does in a plan. */
export function readsIn(names: Names): readonly Row[] {
  const { provider, managedRole, bucket, stateKey } = names;
  const { OWN } = contextsIn(names);
  const state = `${bucket}/${stateKey}`;
  return [
    ['finds the provider', 'iam:ListOpenIDConnectProviders', '*'],
    ['reads the provider', 'iam:GetOpenIDConnectProvider', provider],
    ['reads a managed role', 'iam:GetRole', managedRole],
    ['lists its inline policies', 'iam:ListRolePolicies', managedRole],
    ['reads one of them', 'iam:GetRolePolicy', managedRole],
    ['lists its attached policies', 'iam:ListAttachedRolePolicies', managedRole],
    ['lists the bucket of the state', 's3:ListBucket', bucket, { ...OWN, 's3:prefix': stateKey }],
    ['reads the state', 's3:GetObject', state, OWN],
    ['takes the lock', 's3:PutObject', `${state}.tflock`, OWN],
    ['gives the lock back', 's3:DeleteObject', `${state}.tflock`, OWN],
  ];
}

/** What Terraform does in an apply, in addition. */
export function writesIn(names: Names): readonly Row[] {
  const { managedRole, bucket, stateKey } = names;
  const { WITH, ADMIN, OWN } = contextsIn(names);
  const state = `${bucket}/${stateKey}`;
  return [
    ['creates a role with the boundary', 'iam:CreateRole', managedRole, WITH],
    ['tags it', 'iam:TagRole', managedRole],
    ['writes its policy', 'iam:PutRolePolicy', managedRole, WITH],
    ['attaches a policy', 'iam:AttachRolePolicy', managedRole, { ...WITH, ...ADMIN }],
    ['detaches a policy', 'iam:DetachRolePolicy', managedRole, { ...WITH, ...ADMIN }],
    ['changes its trust policy', 'iam:UpdateAssumeRolePolicy', managedRole, WITH],
    ['changes its description', 'iam:UpdateRoleDescription', managedRole, WITH],
    ['changes its session duration', 'iam:UpdateRole', managedRole, WITH],
    ['gives it the boundary again', 'iam:PutRolePermissionsBoundary', managedRole, WITH],
    ['removes a tag', 'iam:UntagRole', managedRole],
    ['deletes its policy', 'iam:DeleteRolePolicy', managedRole, WITH],
    ['looks for its instance profiles', 'iam:ListInstanceProfilesForRole', managedRole],
    ['deletes it', 'iam:DeleteRole', managedRole, WITH],
    ['writes the state', 's3:PutObject', state, OWN],
  ];
}
