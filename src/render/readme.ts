import gitignore from '../../templates/readme/gitignore.hbs';
import readmeMd from '../../templates/readme/README.md.hbs';
import { arnOfRole } from '../blueprint/arn-of-role.ts';
import type { Blueprint, Stack, State } from '../blueprint/blueprint.ts';
import { accountVariables, jobOfRole, signInJob } from '../blueprint/jobs.ts';
import { type RoleInAccounts, rolesOfAccounts } from '../blueprint/accounts/roles-of-accounts.ts';
import { hasChildPipelines } from './accounts/account-pipeline.ts';
import { bootstrapArn } from './bootstrap/bootstrap.ts';
import { lintsPlan } from './generator-job.ts';
import { exampleEnvironment } from './gitlab-ci.ts';
import { planAccess } from './plan-access.ts';
import type { Files } from './files.ts';
import { hasSettingsScript } from './gitlab-settings.ts';
import { programCall } from './program-call.ts';
import { type Access, accessMarkdown, accessMermaid, rowsOf } from './access.ts';
import { Rendered } from './template/template.ts';
import { troublesOf } from './troubles.ts';

/** What the table of accounts says of a provider that is not created here. */
const EXISTING = 'existing';
/** A picture of more lines is read by nobody. */
const MOST_LINES = 100;
/** Mermaid draws an error in place of a longer one. @see https://mermaid.js.org/config/schema-docs/config-properties-maxtextsize.html */
const MOST_TEXT = 50_000;

/** The page a reviewer opens first, and `.gitignore`. */
export function renderReadme(blueprint: Blueprint): Files {
  const { bootstrap, cdk, ci, gitlabSettings, issuer, notices, organization, repository } =
    blueprint;
  const { shared, stacks } = blueprint;
  const [stack] = stacks;
  const { provider } = stack;
  const states = stacks.map(({ state }) => state);
  const roles = rolesOfAccounts(blueprint);
  const [first] = roles;
  const environments = stacks.some((one) => one.roles.some(({ environment }) => environment));
  const access = roles.map(({ role, accounts }) => ({
    role: role.name,
    accounts,
    grants: rowsOf(role),
    permissions: role.permissions,
  }));
  const open = accountVariables(stacks);
  const accounts = shared !== undefined && stacks.map((one) => accountView(one, bootstrap));
  const buckets = bucketsOf(states);
  return new Map([
    [
      'README.md',
      readmeMd({
        cdk,
        instanceUrl: issuer.instanceUrl,
        url: issuer.url,
        audience: issuer.audience,
        creates: provider.mode === 'create',
        table: new Rendered(accessMarkdown(access)),
        diagram: diagramOf(access),
        notices: notices.length > 0 && notices,
        localState: states.every(({ backend }) => backend === 'local'),
        remoteState: states.some(({ backend }) => backend !== 'local'),
        s3: states.find(({ backend }) => backend === 's3') ?? false,
        buckets,
        severalBuckets: buckets.length > 1,
        http: states.some(({ backend }) => backend === 'gitlab'),
        settings: gitlabSettings.length > 0 && { script: hasSettingsScript(blueprint) },
        developerAccess: planAccess(blueprint) === 'developer',
        lintPlan: lintsPlan(blueprint),
        showsPlan: planAccess(blueprint) === undefined,
        bootstrap: bootstrap && {
          plan: bootstrapArn(blueprint, bootstrap.plan),
          apply: bootstrapArn(blueprint, bootstrap.apply),
        },
        knowsRoles: shared !== undefined && bootstrap !== undefined,
        organization,
        generator: ci.generator,
        accessMap: ci.accessMap,
        audit: ci.audit.length > 0 && ci.audit,
        severalAudits: ci.audit.length > 1,
        installed: ci.generator?.from !== 'registry',
        programCall: programCall(ci),
        environments,
        exampleEnvironment: first && exampleEnvironment(first.role),
        accountVariables: open.length > 0 && open,
        signIn: signInJob(blueprint),
        nativeSecrets:
          issuer.audiences.length > 1 &&
          issuer.audiences.includes('sts.amazonaws.com') &&
          issuer.audience,
        accounts,
        otherAccounts: stacks.length > 1,
        someExisting: accounts && accounts.some(({ provider }) => provider === EXISTING),
        promotion: ci.promotion.length > 1 && ci.promotion[0]?.stage,
        children: shared !== undefined && hasChildPipelines(blueprint),
        firstAccount: stack.name,
        firstEnvironment: stack.name !== undefined && `aws/${stack.name}`,
        audiences: issuer.audiences,
        severalAudiences: issuer.audiences.length > 1,
        sharesRoles: shared !== undefined && shared.roles.length > 0,
        repository,
        include: repository ?? 'mygroup/gitlab-aws-oidc',
        exampleJob: first?.role.job,
        roles: onceByName(roles).map(({ role, stacks: [having], accounts }) => ({
          name: role.name,
          accounts,
          job: accounts === undefined ? role.job : jobOfRole(ci.jobPrefix, 'ACCOUNT', role.name),
          arn: arnOfRole(
            having,
            role,
            (accounts === undefined ? having.aws.accountId : undefined) ?? 'AWS_ACCOUNT_ID',
          ),
        })),
        webIdentity: ci.credentials === 'web-identity',
        troubles: troublesOf(blueprint),
      }),
    ],
    ['.gitignore', gitignore({ cdk })],
  ]);
}

/** The picture of who can assume what, where it is one that helps; the table says it all. */
function diagramOf(access: readonly Access[]): Rendered | false {
  const lines = access.reduce((sum, { grants }) => sum + grants.length, 0);
  if (lines > MOST_LINES) return false;
  const text = accessMermaid(access);
  return text.length <= MOST_TEXT && new Rendered(text);
}

/** The jobs of a role are named alike in all its accounts, whatever is different there. */
function onceByName(roles: readonly RoleInAccounts[]): readonly RoleInAccounts[] {
  const seen = new Set<string>();
  return roles.filter(({ role: { name } }) => {
    const isFirst = !seen.has(name);
    seen.add(name);
    return isFirst;
  });
}

function accountView({ name, aws, provider }: Stack, bootstrap: Blueprint['bootstrap']) {
  const own = bootstrap?.accounts?.find((one) => one.name === name);
  const creates = own ? own.values.provider === 'true' : provider.mode === 'create';
  return {
    name,
    id: aws.accountId,
    region: aws.region,
    provider: creates ? (own ? 'from the bootstrap' : 'new') : EXISTING,
  };
}

function bucketsOf(states: readonly State[]): string[] {
  return [...new Set(states.flatMap((state) => (state.backend === 's3' ? [state.bucket] : [])))];
}
