import cfnYaml from '../../templates/bootstrap/bootstrap.cfn.yaml.hbs';
import mainTf from '../../templates/bootstrap/main.tf.hbs';
import readmeMd from '../../templates/bootstrap/README.md.hbs';
import stackSetSh from '../../templates/bootstrap/stack-set.sh.hbs';
import { limitInWords } from '../access/words.ts';
import type { Blueprint, BootstrapBlueprint, BootstrapRole } from '../blueprint/blueprint.ts';
import { textInAccount } from '../blueprint/bootstrap/marks.ts';
import { accessMarkdown } from './access.ts';
import { Expression } from './expression.ts';
import type { Files } from './files.ts';
import { inCloudFormation, inTerraform } from './marked.ts';
import { Rendered } from './template.ts';

/** The stack in each account, and the StackSet. */
const STACK_NAME = 'gitlab-oidc-bootstrap';

/** What must exist before the pipeline can sign in, for CloudFormation and for Terraform; no files where there is none. */
export function renderBootstrap(blueprint: Blueprint): Files {
  const { bootstrap } = blueprint;
  if (!bootstrap) return new Map();
  const files: [string, string][] = [
    ['README.md', readmeMd(readmeView(blueprint, bootstrap))],
    ['bootstrap.cfn.yaml', cfnYaml(templateView(blueprint, bootstrap))],
    ['terraform/main.tf', mainTf(configurationView(blueprint, bootstrap))],
  ];
  if (bootstrap.organizationalUnits.length > 0)
    files.push(['stack-set.sh', stackSetSh(stackSetView(blueprint, bootstrap))]);
  return new Map(files.map(([name, text]) => [`bootstrap/${name}`, text]));
}

/** The ARN of a role of the bootstrap in the account of the repository. */
export function bootstrapArn({ stacks }: Blueprint, { arn }: BootstrapRole): string {
  return textInAccount(arn, { account: stacks[0].aws.accountId ?? 'AWS_ACCOUNT_ID', stateKey: '' });
}

function rolesOf({ plan, apply }: BootstrapBlueprint) {
  return [
    { ...plan, id: 'PlanRole', label: 'plan', output: 'ARN of the role of the plan job' },
    { ...apply, id: 'ApplyRole', label: 'apply', output: 'ARN of the role of the apply job' },
  ];
}

const BOUNDARY_DESCRIPTION = 'The most that a role of the pipeline can do';

function templateView({ issuer }: Blueprint, bootstrap: BootstrapBlueprint) {
  const { boundary, thumbprints, stateKey } = bootstrap;
  return {
    description: `What the GitLab pipeline signs in to: OIDC provider ${issuer.prefix}, permissions boundary, plan role, apply role`,
    createsProvider: String(bootstrap.createsProvider),
    stateKey,
    provider: {
      Url: issuer.url,
      ClientIdList: [issuer.audience],
      ThumbprintList: thumbprints.length > 0 ? thumbprints : undefined,
    },
    boundary: {
      ManagedPolicyName: boundary.name,
      Path: bootstrap.rolePath,
      Description: BOUNDARY_DESCRIPTION,
      PolicyDocument: inCloudFormation(boundary.document),
    },
    roles: rolesOf(bootstrap).map(({ id, output, role, trust, policy }) => ({
      id,
      output,
      properties: {
        RoleName: role.name,
        Path: role.path,
        Description: role.description,
        PermissionsBoundary:
          role.permissionsBoundary === undefined
            ? undefined
            : inCloudFormation(role.permissionsBoundary),
        AssumeRolePolicyDocument: inCloudFormation(trust, afterProvider),
        Policies: [{ PolicyName: policy.name, PolicyDocument: inCloudFormation(policy.document) }],
      },
    })),
  };
}

/** The provider's ARN as a reference where the stack creates it, so that it exists before what trusts it. */
function afterProvider(text: string, sub: string): string {
  return text.includes(':oidc-provider/') ? `!If [CreatesProvider, !Ref Provider, ${sub}]` : sub;
}

function configurationView({ issuer, stacks }: Blueprint, bootstrap: BootstrapBlueprint) {
  const { boundary, thumbprints, stateKey, adminRole } = bootstrap;
  const [{ aws }] = stacks;
  const account = new Expression('var.account_id', '');
  return {
    terraformVersion: '>= 1.5',
    // The first that accepts an OIDC provider without thumbprints; 7 may change what this file means.
    awsProvider: { source: 'hashicorp/aws', version: '>= 5.81, < 7.0' },
    accountId: aws.accountId ?? '',
    createsProvider: bootstrap.createsProvider,
    stateKey,
    provider: { region: aws.region, allowed_account_ids: [account] },
    adminRole: adminRole !== undefined && {
      role_arn: new Expression(
        `"arn:${aws.partition}:iam::\${var.account_id}:role/${adminRole}"`,
        '',
      ),
    },
    oidcProvider: {
      url: issuer.url,
      client_id_list: [issuer.audience],
      thumbprint_list: thumbprints.length > 0 ? thumbprints : undefined,
    },
    boundary: {
      attributes: {
        name: boundary.name,
        path: bootstrap.rolePath,
        description: BOUNDARY_DESCRIPTION,
      },
      document: inTerraform(boundary.document),
    },
    roles: rolesOf(bootstrap).map(({ label, output, role, trust, policy }) => ({
      label,
      attributes: {
        name: role.name,
        path: role.path,
        description: role.description,
        permissions_boundary:
          role.permissionsBoundary === undefined
            ? undefined
            : new Expression('aws_iam_policy.boundary.arn', ''),
      },
      trust: inTerraform(trust),
      policy: {
        attributes: { name: policy.name, role: new Expression(`aws_iam_role.${label}.name`, '') },
        document: inTerraform(policy.document),
      },
      output: {
        name: `${label}_role_arn`,
        description: output,
        value: new Expression(`aws_iam_role.${label}.arn`, ''),
      },
    })),
  };
}

function stackSetView({ stacks }: Blueprint, { organizationalUnits }: BootstrapBlueprint) {
  return {
    name: STACK_NAME,
    region: stacks[0].aws.region,
    targets: `OrganizationalUnitIds=${organizationalUnits.join(',')}`,
  };
}

function readmeView(blueprint: Blueprint, bootstrap: BootstrapBlueprint) {
  const { issuer, stacks } = blueprint;
  const [{ aws, state }] = stacks;
  const { plan, apply, organizationalUnits } = bootstrap;
  const [grant] = apply.role.grants;
  return {
    url: issuer.url,
    createsProvider: bootstrap.createsProvider,
    boundary: bootstrap.boundary.name,
    planRole: plan.role.name,
    applyRole: apply.role.name,
    managedPath: bootstrap.managedPath,
    table: new Rendered(
      accessMarkdown(
        [plan, apply].map(({ role }) => ({
          role: role.name,
          grants: role.grants.map((one) => ({ ...one, limits: one.limits.map(limitInWords) })),
          permissions: role.permissions,
        })),
      ),
    ),
    stackName: STACK_NAME,
    region: aws.region,
    stateKey: bootstrap.stateKey,
    adminRole: bootstrap.adminRole,
    units: organizationalUnits.length > 0 && organizationalUnits,
    firstUnit: organizationalUnits[0],
    planArn: bootstrapArn(blueprint, plan),
    applyArn: bootstrapArn(blueprint, apply),
    branch: grant?.refs[0]?.name,
    testsProtection: grant?.limits.some(({ on }) => on === 'protected'),
    bucket: state.backend === 's3' && state.bucket,
    stateAccount: bootstrap.stateAccount,
  };
}
