import type { TargetType } from './statements.ts';

/** An action that a path needs, and the type of resource that it is needed on. */
export interface Need {
  readonly action: string;
  readonly on: TargetType;
}

/**
 * What a path gives. `permissions`: writes permissions for itself or others; `trust`: changes who may assume a role;
 * `credentials`: makes credentials of a user; `assumes`: becomes another role; `passes`: hands a role to a service;
 * `runs`: runs code of its own as another role.
 */
export type PathKind = 'permissions' | 'trust' | 'credentials' | 'assumes' | 'passes' | 'runs';

/** A published way from some permissions to more. All needs together make it. */
export interface EscalationPath {
  readonly kind: PathKind;
  readonly needs: readonly Need[];
}

const alone = (kind: PathKind, on: TargetType, ...actions: readonly string[]): EscalationPath[] =>
  actions.map((action) => ({ kind, needs: [{ action, on }] }));

const PASS_ROLE: Need = { action: 'iam:PassRole', on: 'role' };

const passing = (...actions: readonly string[]): EscalationPath => ({
  kind: 'runs',
  needs: [PASS_ROLE, ...actions.map((action): Need => ({ action, on: 'none' }))],
});

/**
 * Paths through IAM itself: writing or choosing a policy, joining a group, lifting a boundary, rewriting a trust policy,
 * and making keys or passwords of a user.
 *
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
const THROUGH_IAM: readonly EscalationPath[] = [
  ...alone('permissions', 'policy', 'iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'),
  ...alone('trust', 'role', 'iam:UpdateAssumeRolePolicy'),
  ...alone('permissions', 'role', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'),
  ...alone('permissions', 'role', 'iam:DeleteRolePermissionsBoundary'),
  ...alone('permissions', 'role', 'iam:PutRolePermissionsBoundary'),
  ...alone('permissions', 'user', 'iam:PutUserPolicy', 'iam:AttachUserPolicy'),
  ...alone('permissions', 'group', 'iam:PutGroupPolicy', 'iam:AttachGroupPolicy'),
  ...alone('permissions', 'group', 'iam:AddUserToGroup'),
  ...alone('credentials', 'user', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'),
  ...alone('credentials', 'user', 'iam:UpdateLoginProfile'),
];

/**
 * Becoming another role, or handing one to a service.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const THROUGH_ROLES: readonly EscalationPath[] = [
  ...alone('assumes', 'role', 'sts:AssumeRole'),
  { kind: 'passes', needs: [PASS_ROLE] },
];

/**
 * A role is passed to a service that then runs what the caller gave it.
 *
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const THROUGH_PASSED_ROLES: readonly EscalationPath[] = [
  passing('lambda:CreateFunction'),
  passing('ec2:RunInstances'),
  passing('ecs:RegisterTaskDefinition', 'ecs:RunTask'),
  passing('ecs:RegisterTaskDefinition', 'ecs:CreateService'),
  passing('glue:CreateDevEndpoint'),
  passing('glue:CreateJob', 'glue:StartJobRun'),
  passing('cloudformation:CreateStack'),
  passing('codebuild:CreateProject', 'codebuild:StartBuild'),
  passing('sagemaker:CreateNotebookInstance'),
  passing('sagemaker:CreateTrainingJob'),
  passing('sagemaker:CreateProcessingJob'),
  passing('datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition'),
];

/**
 * The code of something that has a role already is replaced, or a command is run there; no role is passed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateDevEndpoint.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html
 */
const THROUGH_RUNNING_CODE: readonly EscalationPath[] = alone(
  'runs',
  'none',
  'lambda:UpdateFunctionCode',
  'glue:UpdateDevEndpoint',
  'ssm:SendCommand',
  'ssm:StartSession',
);

/** Every path that is looked for. */
export const PATHS: readonly EscalationPath[] = [
  ...THROUGH_IAM,
  ...THROUGH_ROLES,
  ...THROUGH_PASSED_ROLES,
  ...THROUGH_RUNNING_CODE,
];
