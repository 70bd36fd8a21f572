import type { Scope } from '../../access/reach/reach.ts';
import type { Value } from '../../access/reach/value.ts';
import type { PowerCertainty, Power, PowerKind } from '../report.ts';

const SERVICES: Readonly<Record<string, string>> = {
  s3: 'S3',
  secretsmanager: 'Secrets Manager',
  ssm: 'Systems Manager',
  kms: 'KMS keys',
  dynamodb: 'DynamoDB',
  rds: 'RDS',
  sqs: 'SQS',
  sns: 'SNS',
  logs: 'CloudWatch Logs',
  ebs: 'EBS snapshots',
  codecommit: 'CodeCommit',
  lambda: 'Lambda',
  ecs: 'ECS',
  ec2: 'EC2',
  codebuild: 'CodeBuild',
  batch: 'Batch',
  glue: 'Glue',
  sagemaker: 'SageMaker',
  cloudformation: 'CloudFormation',
  apprunner: 'App Runner',
  emr: 'EMR',
  ecr: 'ECR',
  elasticloadbalancing: 'load balancers',
  ram: 'Resource Access Manager',
};

const SCOPES: Readonly<Record<Scope, string>> = {
  every: 'all',
  pattern: 'by a pattern',
  named: 'named',
};

const CERTAINTIES: Readonly<Record<PowerCertainty, string>> = {
  allowed: '',
  conditional: ', under a condition',
  undetermined: ', which cannot be determined from the input',
};

/** `read S3 (all)`, `escalate by put-role-policy (by a pattern), under a condition`. */
export function powerText(
  kind: PowerKind,
  of: string,
  { certainty, scope }: Pick<Power, 'certainty' | 'scope'>,
): string {
  const how = `(${SCOPES[scope]})${CERTAINTIES[certainty]}`;
  switch (kind) {
    case 'administrator':
      return `administrator${CERTAINTIES[certainty]}`;
    case 'escalation':
      return `escalate by ${of} ${how}`;
    case 'assume':
      return `assume roles ${how}`;
    case 'run':
      return `run code in ${SERVICES[of] ?? of} ${how}`;
    case 'expose':
      return `share or expose ${SERVICES[of] ?? of} ${how}`;
    case 'read':
    case 'write':
      return `${kind} ${SERVICES[of] ?? of} ${how}`;
  }
}

/** `undefined` for no. */
export function certaintyOf(value: Value): PowerCertainty | undefined {
  return ([undefined, 'undetermined', 'conditional', 'allowed'] as const)[value];
}
