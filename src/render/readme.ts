import gitignore from '../../templates/readme/gitignore.hbs';
import readmeMd from '../../templates/readme/README.md.hbs';
import type { Blueprint, Grant, RoleBlueprint } from '../blueprint/blueprint.ts';
import { describeRef } from '../gitlab/ref.ts';
import type { Files } from './files.ts';
import { jobName } from './gitlab-ci.ts';
import { troublesOf } from './troubles.ts';

/** The page a reviewer opens first, and `.gitignore`. */
export function renderReadme(blueprint: Blueprint): Files {
  const { aws, ci, issuer, notices, output, provider, repository, roles, state } = blueprint;
  const [first] = roles;
  const grants = roles.flatMap((role) => role.grants.map((grant) => ({ role, grant })));
  const cdktf = output === 'cdktf';
  return new Map([
    [
      'README.md',
      readmeMd({
        cdktf,
        instanceUrl: issuer.instanceUrl,
        url: issuer.url,
        audience: issuer.audience,
        creates: provider.mode === 'create',
        rows: grants.map(({ role, grant }) => ({
          isGroup: grant.kind === 'group',
          path: grant.path,
          id: grant.id === undefined ? undefined : String(grant.id),
          refs: refsInWords(grant),
          role: role.name,
          permissions: role.permissions.length > 0 ? role.permissions : ['nothing yet'],
        })),
        edges: edgesOf(grants),
        notices: notices.length > 0 && notices,
        localState: state.backend === 'local',
        remoteState: state.backend !== 'local',
        s3: state.backend === 's3' && state,
        http: state.backend === 'gitlab',
        forms: formsOf(blueprint),
        accountId: aws.accountId,
        repository,
        include: repository ?? 'mygroup/gitlab-aws-oidc',
        exampleJob: first && jobName(first),
        roles: roles.map((role) => ({
          name: role.name,
          job: jobName(role),
          arn: role.arn(aws.accountId ?? 'AWS_ACCOUNT_ID'),
        })),
        webIdentity: ci.credentials === 'web-identity',
        troubles: troublesOf(blueprint),
      }),
    ],
    ['.gitignore', gitignore({ cdktf })],
  ]);
}

function refsInWords({ refs, limits }: Grant): string[] {
  const suffix = limits.length > 0 ? ` (${limits.join(', ')})` : '';
  return refs.map((ref) => `${describeRef(ref)}${suffix}`);
}

function edgesOf(grants: readonly { role: RoleBlueprint; grant: Grant }[]) {
  const nodes = new Map<string, string>();
  const node = (key: string, prefix: string) => {
    const id = nodes.get(key) ?? `${prefix}${nodes.size + 1}`;
    nodes.set(key, id);
    return id;
  };
  return grants.map(({ role, grant }) => ({
    from: node(`${grant.kind} ${grant.path}`, 'project'),
    who: grant.kind === 'group' ? `every project below ${grant.path}` : grant.path,
    refs: refsInWords(grant).join(', '),
    to: node(`role ${role.name}`, 'role'),
    role: role.name,
  }));
}

function formsOf({ issuer, subjectForms }: Blueprint) {
  if (subjectForms.length === 0) return false;
  return subjectForms.map(({ project, id, components }) => ({
    parameters: components.map((component) => `ci_id_token_sub_claim_components[]=${component}`),
    url: `${issuer.instanceUrl}/api/v4/projects/${id ?? encodeURIComponent(project)}`,
  }));
}
