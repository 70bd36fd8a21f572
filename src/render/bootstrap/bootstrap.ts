import readmeMd from '../../../templates/bootstrap/README.md.hbs';
import deploySh from '../../../templates/bootstrap/deploy.sh.hbs';
import stackSetSh from '../../../templates/bootstrap/stack-set.sh.hbs';
import type { Blueprint, BootstrapBlueprint, BootstrapRole } from '../../blueprint/blueprint.ts';
import { textInAccount } from '../../blueprint/bootstrap/marks.ts';
import { jsonText } from '../../text/json-text.ts';
import { accessMarkdown, rowsOf } from '../access.ts';
import { bootstrapConfiguration } from './configuration.ts';
import { accountsCsv, parametersOf } from './parameters.ts';
import { bootstrapTemplate } from './template.ts';
import type { Files } from '../files.ts';
import { Rendered } from '../template/template.ts';

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
  if (bootstrap.accounts) {
    files.push(
      ['accounts.csv', accountsCsv(bootstrap)],
      ['deploy.sh', deploySh(scriptView(bootstrap))],
    );
  }
  if (bootstrap.bucketPolicy !== undefined)
    files.push(['state-bucket-policy.json', `${jsonText(bootstrap.bucketPolicy)}\n`]);
  if (bootstrap.organizationalUnits.length > 0)
    files.push(['stack-set.sh', stackSetSh(stackSetView(blueprint, bootstrap))]);
  return new Map(files.map(([name, text]) => [`bootstrap/${name}`, text]));
}

/** The ARN of a role of the bootstrap; where there are several accounts, with a word in place of the ID. */
export function bootstrapArn({ shared, stacks }: Blueprint, { arn }: BootstrapRole): string {
  const one = shared ? undefined : stacks[0].aws.accountId;
  return textInAccount(arn, { account: one ?? 'AWS_ACCOUNT_ID' });
}

/** What the scripts read of each account, and give to the template. */
function scriptView(bootstrap: BootstrapBlueprint) {
  return {
    name: STACK_NAME,
    accounts: bootstrap.accounts !== undefined,
    parameters: parametersOf(bootstrap).map(({ cfn, column }) => ({ cfn, column })),
  };
}

function stackSetView({ stacks }: Blueprint, bootstrap: BootstrapBlueprint) {
  const { organizationalUnits } = bootstrap;
  const targets = `OrganizationalUnitIds=${organizationalUnits.join(',')}`;
  return { ...scriptView(bootstrap), region: stacks[0].aws.region, targets };
}

/** So many accounts have a line of their own where commands are shown. */
const SHOWN = 5;

function readmeView(blueprint: Blueprint, bootstrap: BootstrapBlueprint) {
  const { issuer, stacks } = blueprint;
  const [{ aws, state }] = stacks;
  const { accounts, plan, apply, organizationalUnits } = bootstrap;
  const [grant] = apply.role.grants;
  const own = (accounts ?? []).filter(({ values }) => values.boundary);
  return {
    url: issuer.url,
    createsProvider: bootstrap.parameters.provider === 'true',
    boundary: bootstrap.boundary.name,
    managedPath: bootstrap.managedPath,
    anyBranch: !testsProtection(plan),
    table: new Rendered(
      accessMarkdown(
        [plan, apply].map(({ role }) => ({
          role: role.name,
          grants: rowsOf(role),
          permissions: role.permissions,
        })),
      ),
    ),
    accounts: accounts && { shown: accounts.slice(0, SHOWN), more: accounts.length > SHOWN },
    firstAccount: accounts?.[0]?.name,
    ownBoundaries: own.length > 0 && {
      shown: own.slice(0, SHOWN),
      more: own.length > SHOWN,
      one: own.length === 1,
    },
    stackName: STACK_NAME,
    region: aws.region,
    parameters: parametersOf(bootstrap).map(({ cfn, value }) => `${cfn}=${value}`),
    adminRole: bootstrap.adminRole,
    units: organizationalUnits.length > 0 && organizationalUnits,
    firstUnit: organizationalUnits[0],
    planArn: bootstrapArn(blueprint, plan),
    applyArn: bootstrapArn(blueprint, apply),
    branch: grant?.refs[0]?.name,
    testsProtection: testsProtection(apply),
    bucket: state.backend === 's3' && state.bucket,
    ownBuckets: bootstrap.parameters.stateBucket !== undefined,
    bucketPolicy: bootstrap.bucketPolicy !== undefined,
    stateAccount: bootstrap.stateAccount,
  };
}

function testsProtection({ role }: BootstrapRole): boolean {
  return role.grants.some(({ limits }) => limits.some(({ on }) => on === 'protected'));
}
