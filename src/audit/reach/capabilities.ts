import type { PowerKind } from '../report.ts';

/** What some actions of a service give. */
export interface Capability {
  readonly kind: Exclude<PowerKind, 'administrator' | 'escalation' | 'assume'>;
  /** The service as reports name it. */
  readonly of: string;
  /** Actions with their service's prefix. */
  readonly actions: readonly string[];
}

const of = (
  kind: Capability['kind'],
  service: string,
  names: string,
  prefix = service,
): Capability => ({
  kind,
  of: service,
  actions: names.split(' ').map((name) => `${prefix}:${name}`),
});

/**
 * Actions that return data itself, not what is configured around it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const READS: readonly Capability[] = [
  of('read', 's3', 'GetObject GetObjectVersion'),
  of('read', 'secretsmanager', 'GetSecretValue BatchGetSecretValue'),
  of('read', 'ssm', 'GetParameter GetParameters GetParametersByPath GetParameterHistory'),
  of('read', 'kms', 'Decrypt ReEncryptFrom'),
  of('read', 'dynamodb', 'GetItem BatchGetItem Query Scan PartiQLSelect ExportTableToPointInTime'),
  of('read', 'rds', 'ExecuteStatement BatchExecuteStatement', 'rds-data'),
  of('read', 'rds', 'connect', 'rds-db'),
  of('read', 'sqs', 'ReceiveMessage'),
  of('read', 'logs', 'GetLogEvents FilterLogEvents StartQuery'),
  of('read', 'ebs', 'GetSnapshotBlock'),
  of('read', 'codecommit', 'GitPull'),
];

/** Actions that run code of the caller's choice. */
const RUNS: readonly Capability[] = [
  of('run', 'lambda', 'CreateFunction UpdateFunctionCode'),
  of('run', 'ecs', 'RunTask StartTask CreateService UpdateService ExecuteCommand'),
  of('run', 'ec2', 'RunInstances'),
  of('run', 'ec2', 'SendSSHPublicKey', 'ec2-instance-connect'),
  of('run', 'ssm', 'SendCommand StartSession StartAutomationExecution'),
  of('run', 'codebuild', 'CreateProject UpdateProject StartBuild StartBuildBatch'),
  of('run', 'batch', 'SubmitJob'),
  of('run', 'glue', 'CreateJob UpdateJob StartJobRun CreateDevEndpoint'),
  of('run', 'sagemaker', 'CreateTrainingJob CreateProcessingJob CreateNotebookInstance'),
  of('run', 'cloudformation', 'CreateStack UpdateStack ExecuteChangeSet'),
  of('run', 'apprunner', 'CreateService UpdateService'),
  of('run', 'emr', 'RunJobFlow AddJobFlowSteps', 'elasticmapreduce'),
];

/** Actions that open something to the network, or share it with others. */
const EXPOSES: readonly Capability[] = [
  of(
    'expose',
    'ec2',
    'AuthorizeSecurityGroupIngress ModifySecurityGroupRules AttachInternetGateway ModifySnapshotAttribute ModifyImageAttribute',
  ),
  of('expose', 's3', 'PutBucketPolicy PutBucketAcl PutObjectAcl PutBucketPublicAccessBlock'),
  of('expose', 's3', 'PutAccountPublicAccessBlock'),
  of('expose', 'lambda', 'AddPermission CreateFunctionUrlConfig UpdateFunctionUrlConfig'),
  of(
    'expose',
    'rds',
    'ModifyDBInstance ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute',
  ),
  of('expose', 'secretsmanager', 'PutResourcePolicy'),
  of('expose', 'kms', 'PutKeyPolicy CreateGrant'),
  of('expose', 'ecr', 'SetRepositoryPolicy'),
  of('expose', 'sqs', 'AddPermission SetQueueAttributes'),
  of('expose', 'sns', 'AddPermission SetTopicAttributes'),
  of('expose', 'elasticloadbalancing', 'CreateLoadBalancer CreateListener'),
  of('expose', 'ram', 'CreateResourceShare'),
];

/** What is named by hand. Writing follows from access levels: see `WRITTEN`. */
export const CAPABILITIES: readonly Capability[] = [...READS, ...RUNS, ...EXPOSES];

/** Services whose data can be written, and the types of resources that hold it, as AWS's reference names both. */
export const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  s3: ['object', 'bucket'],
  secretsmanager: ['Secret'],
  ssm: ['parameter'],
  kms: ['key'],
  dynamodb: ['table'],
  rds: ['db', 'cluster', 'snapshot', 'cluster-snapshot'],
  'rds-data': ['cluster'],
  sqs: ['queue'],
  ecr: ['repository'],
};

/** Actions of level Write that use a key and change nothing. */
export const NOT_WRITING =
  /^kms:(Decrypt|Encrypt|ReEncrypt|Generate|Sign|Verify|DeriveSharedSecret)|^ssm:\w*(Association|OpsItem)/;
