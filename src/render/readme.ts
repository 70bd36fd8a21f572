import { limitInWords } from '../access/words.ts';
import gitignore from '../../templates/readme/gitignore.hbs';
import readmeMd from '../../templates/readme/README.md.hbs';
import { arnOfRole } from '../blueprint/arn-of-role.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { jobName } from '../blueprint/labels.ts';
import { bootstrapArn } from './bootstrap.ts';
import { exampleEnvironment, lintsPlan, planAccess } from './gitlab-ci.ts';
import type { Files } from './files.ts';
import { hasSettingsScript } from './gitlab-settings.ts';
import { programCall } from './program-call.ts';
import { type Access, accessMarkdown, accessMermaid } from './access.ts';
import { Rendered } from './template.ts';
import { troublesOf } from './troubles.ts';

/** A picture of more lines is read by nobody. */
const MOST_LINES = 100;
/** Mermaid draws an error in place of a longer one. @see https://mermaid.js.org/config/schema-docs/config-properties-maxtextsize.html */
const MOST_TEXT = 50_000;

/** The page a reviewer opens first, and `.gitignore`. */
export function renderReadme(blueprint: Blueprint): Files {
  const { bootstrap, cdk, ci, gitlabSettings, issuer, notices, organization, repository } =
    blueprint;
  const [stack] = blueprint.stacks;
  const { aws, provider, roles, state } = stack;
  const [first] = roles;
  const access = roles.map(({ name, grants, permissions }) => ({
    role: name,
    grants: grants.map((grant) => ({ ...grant, limits: grant.limits.map(limitInWords) })),
    permissions,
  }));
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
        localState: state.backend === 'local',
        remoteState: state.backend !== 'local',
        s3: state.backend === 's3' && state,
        http: state.backend === 'gitlab',
        settings: gitlabSettings.length > 0 && { script: hasSettingsScript(blueprint) },
        developerAccess: planAccess(blueprint) === 'developer',
        lintPlan: lintsPlan(blueprint),
        showsPlan: planAccess(blueprint) === undefined,
        bootstrap: bootstrap && {
          plan: bootstrapArn(blueprint, bootstrap.plan),
          apply: bootstrapArn(blueprint, bootstrap.apply),
        },
        organization,
        generator: ci.generator,
        installed: ci.generator?.from !== 'registry',
        programCall: programCall(ci),
        environments: roles.some(({ environment }) => environment),
        exampleEnvironment: first && exampleEnvironment(first),
        accountId: aws.accountId,
        repository,
        include: repository ?? 'mygroup/gitlab-aws-oidc',
        exampleJob: first && jobName(first),
        roles: roles.map((role) => ({
          name: role.name,
          job: jobName(role),
          arn: arnOfRole(stack, role, aws.accountId ?? 'AWS_ACCOUNT_ID'),
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
