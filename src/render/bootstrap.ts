import readmeMd from '../../templates/bootstrap/README.md.hbs';
import stackSetSh from '../../templates/bootstrap/stack-set.sh.hbs';
import { limitInWords } from '../access/words.ts';
import type { Blueprint, BootstrapBlueprint, BootstrapRole } from '../blueprint/blueprint.ts';
import { textInAccount } from '../blueprint/bootstrap/marks.ts';
import { accessMarkdown } from './access.ts';
import { bootstrapConfiguration } from './bootstrap-terraform.ts';
import { bootstrapTemplate } from './bootstrap-template.ts';
import type { Files } from './files.ts';
import { Rendered } from './template/template.ts';

/** The stack in each account, and the StackSet. */
const STACK_NAME = 'gitlab-oidc-bootstrap';

/** What must exist before the pipeline can sign in, for CloudFormation and for Terraform; no files where there is none. */
export function renderBootstrap(blueprint: Blueprint): Files {
  const { bootstrap } = blueprint;
  if (!bootstrap) return new Map();
  const files: [string, string][] = [
    ['README.md', readmeMd(readmeView(blueprint, bootstrap))],
    ['bootstrap.cfn.yaml', bootstrapTemplate(blueprint, bootstrap)],
    ['terraform/main.tf', bootstrapConfiguration(blueprint, bootstrap)],
  ];
  if (bootstrap.organizationalUnits.length > 0)
    files.push(['stack-set.sh', stackSetSh(stackSetView(blueprint, bootstrap))]);
  return new Map(files.map(([name, text]) => [`bootstrap/${name}`, text]));
}

/** The ARN of a role of the bootstrap in the account of the repository. */
export function bootstrapArn({ stacks }: Blueprint, { arn }: BootstrapRole): string {
  return textInAccount(arn, { account: stacks[0].aws.accountId ?? 'AWS_ACCOUNT_ID', stateKey: '' });
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
    managedPath: bootstrap.managedPath,
    anyBranch: !testsProtection(plan),
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
    testsProtection: testsProtection(apply),
    bucket: state.backend === 's3' && state.bucket,
    stateAccount: bootstrap.stateAccount,
  };
}

function testsProtection({ role }: BootstrapRole): boolean {
  return role.grants.some(({ limits }) => limits.some(({ on }) => on === 'protected'));
}
