/** A kind of IAM resource that an action works on; `none` for actions of other services. */
export type TargetType = 'role' | 'user' | 'group' | 'policy' | 'none';

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
  /** Names it in reports, and is never used again for another. */
  readonly id: string;
  readonly kind: PathKind;
  readonly needs: readonly Need[];
  /** The service that a role is passed to, as `iam:PassedToService` has it. */
  readonly service?: string;
  /** Where it is described. */
  readonly source: string;
}

const RHINO = 'https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/';
const RHINO_PART_2 =
  'https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation-part-2/';
const PASS_ROLE_GUIDE =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html';

const BOUNDARIES =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html';

/** A page of the catalog that Datadog maintains: https://github.com/DataDog/pathfinding.cloud */
const pathfinding = (id: string) => `https://pathfinding.cloud/paths/${id}`;

const PASS_ROLE: Need = { action: 'iam:PassRole', on: 'role' };

/** `iam:PutRolePolicy` as `put-role-policy`. */
function idOf(action: string): string {
  return action
    .slice(action.indexOf(':') + 1)
    .replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
}

const alone = (
  kind: PathKind,
  on: TargetType,
  source: string,
  ...actions: readonly string[]
): EscalationPath[] =>
  actions.map((action) => ({ id: idOf(action), kind, needs: [{ action, on }], source }));

const passing = (
  id: string,
  service: string,
  source: string,
  ...actions: readonly string[]
): EscalationPath => ({
  id,
  kind: 'runs',
  needs: [PASS_ROLE, ...actions.map((action): Need => ({ action, on: 'none' }))],
  service,
  source,
});

/**
 * Paths through IAM itself: writing or choosing a policy, joining a group, lifting a boundary, rewriting a trust policy,
 * and making keys or passwords of a user.
 */
const THROUGH_IAM: readonly EscalationPath[] = [
  ...alone(
    'permissions',
    'policy',
    RHINO,
    'iam:CreatePolicyVersion',
    'iam:SetDefaultPolicyVersion',
  ),
  ...alone('trust', 'role', RHINO, 'iam:UpdateAssumeRolePolicy'),
  ...alone('permissions', 'role', RHINO, 'iam:PutRolePolicy', 'iam:AttachRolePolicy'),
  ...alone('permissions', 'role', BOUNDARIES, 'iam:DeleteRolePermissionsBoundary'),
  ...alone('permissions', 'role', BOUNDARIES, 'iam:PutRolePermissionsBoundary'),
  ...alone('permissions', 'user', RHINO, 'iam:PutUserPolicy', 'iam:AttachUserPolicy'),
  ...alone('permissions', 'group', RHINO, 'iam:PutGroupPolicy', 'iam:AttachGroupPolicy'),
  ...alone('permissions', 'group', RHINO, 'iam:AddUserToGroup'),
  ...alone('credentials', 'user', RHINO, 'iam:CreateAccessKey', 'iam:CreateLoginProfile'),
  ...alone('credentials', 'user', RHINO, 'iam:UpdateLoginProfile'),
];

/** Becoming another role, or handing one to a service. */
const THROUGH_ROLES: readonly EscalationPath[] = [
  ...alone(
    'assumes',
    'role',
    'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
    'sts:AssumeRole',
  ),
  { id: 'pass-role', kind: 'passes', needs: [PASS_ROLE], source: PASS_ROLE_GUIDE },
];

/** A role is passed to a service that then runs what the caller gave it. */
const THROUGH_PASSED_ROLES: readonly EscalationPath[] = [
  passing('pass-role-lambda', 'lambda.amazonaws.com', RHINO, 'lambda:CreateFunction'),
  passing('pass-role-ec2', 'ec2.amazonaws.com', RHINO, 'ec2:RunInstances'),
  passing(
    'pass-role-ec2-spot',
    'ec2.amazonaws.com',
    pathfinding('ec2-004'),
    'ec2:RequestSpotInstances',
  ),
  ...(
    [
      ['pass-role-ecs-task', 'ecs-004', 'ecs:RunTask'],
      ['pass-role-ecs-service', 'ecs-003', 'ecs:CreateService'],
      ['pass-role-ecs-start-task', 'ecs-005', 'ecs:StartTask'],
    ] as const
  ).map(([id, page, action]) =>
    passing(id, 'ecs-tasks.amazonaws.com', pathfinding(page), 'ecs:RegisterTaskDefinition', action),
  ),
  passing('pass-role-glue-endpoint', 'glue.amazonaws.com', RHINO, 'glue:CreateDevEndpoint'),
  ...(
    [
      ['pass-role-glue-job', 'glue-003', 'glue:CreateJob', 'glue:StartJobRun'],
      ['pass-role-glue-trigger', 'glue-004', 'glue:CreateJob', 'glue:CreateTrigger'],
      ['pass-role-glue-update', 'glue-005', 'glue:UpdateJob', 'glue:StartJobRun'],
    ] as const
  ).map(([id, page, ...actions]) =>
    passing(id, 'glue.amazonaws.com', pathfinding(page), ...actions),
  ),
  passing(
    'pass-role-cloudformation',
    'cloudformation.amazonaws.com',
    RHINO,
    'cloudformation:CreateStack',
  ),
  ...(
    [
      ['pass-role-codebuild', 'codebuild-001', 'codebuild:StartBuild'],
      ['pass-role-codebuild-batch', 'codebuild-004', 'codebuild:StartBuildBatch'],
    ] as const
  ).map(([id, page, action]) =>
    passing(id, 'codebuild.amazonaws.com', pathfinding(page), 'codebuild:CreateProject', action),
  ),
  ...(
    [
      ['pass-role-notebook', RHINO_PART_2, 'sagemaker:CreateNotebookInstance'],
      ['pass-role-training', pathfinding('sagemaker-002'), 'sagemaker:CreateTrainingJob'],
      ['pass-role-processing', pathfinding('sagemaker-003'), 'sagemaker:CreateProcessingJob'],
    ] as const
  ).map(([id, source, action]) => passing(id, 'sagemaker.amazonaws.com', source, action)),
  passing(
    'pass-role-data-pipeline',
    'datapipeline.amazonaws.com',
    RHINO,
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
  ),
  passing(
    'pass-role-app-runner',
    'tasks.apprunner.amazonaws.com',
    pathfinding('apprunner-001'),
    'apprunner:CreateService',
  ),
];

/** The code of something that has a role already is replaced, or a command is run there; no role is passed. */
const THROUGH_RUNNING_CODE: readonly EscalationPath[] = [
  ...alone('runs', 'none', RHINO, 'lambda:UpdateFunctionCode', 'glue:UpdateDevEndpoint'),
  ...alone('runs', 'none', RHINO_PART_2, 'sagemaker:CreatePresignedNotebookInstanceUrl'),
  ...alone('runs', 'none', pathfinding('ssm-001'), 'ssm:StartSession'),
  ...alone('runs', 'none', pathfinding('ssm-002'), 'ssm:SendCommand'),
  ...alone('runs', 'none', pathfinding('ec2-003'), 'ec2-instance-connect:SendSSHPublicKey'),
  ...alone('runs', 'none', pathfinding('ecs-006'), 'ecs:ExecuteCommand'),
  ...alone('runs', 'none', pathfinding('codebuild-002'), 'codebuild:StartBuild'),
  ...alone('runs', 'none', pathfinding('codebuild-003'), 'codebuild:StartBuildBatch'),
  ...alone('runs', 'none', pathfinding('cloudformation-002'), 'cloudformation:UpdateStack'),
  ...alone('runs', 'none', pathfinding('apprunner-002'), 'apprunner:UpdateService'),
];

/** Every path that is looked for. */
export const PATHS: readonly EscalationPath[] = [
  ...THROUGH_IAM,
  ...THROUGH_ROLES,
  ...THROUGH_PASSED_ROLES,
  ...THROUGH_RUNNING_CODE,
];
