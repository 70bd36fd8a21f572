import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { preparePolicy, isAllowed } from '../../../src/iam/evaluate/evaluate.ts';
import { parsePolicy } from '../../../src/iam/evaluate/parse-policy.ts';
import type { Answers } from '../../../src/answers/schema.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { renderOrganization } from '../../../src/render/organization.ts';
import { ACCOUNT, NAMES, organizationAnswers, pipelineOf } from '../bootstrap/pipeline.ts';
import { decisionOf } from '../../support/tools/simulated-call.ts';
import { runs } from '../../support/tools/runs.ts';

type Claims = Readonly<Record<string, string>>;

const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const golden = organizationAnswers();
/** One project of the golden has a subject that begins with its ID. */
const answers: Answers = {
  ...golden,
  roles: golden.roles.map((role) => ({
    ...role,
    projects: (role.projects ?? []).map((project) =>
      project.id === 4711
        ? { ...project, sub_components: ['project_id', 'ref_type', 'ref'] }
        : project,
    ),
  })),
};
const { rcp } = pipelineOf(answers);

/** A role that trusts everyone: what remains is the decision of the policy. */
const trusting = (provider: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
    },
  ],
});

const gitlab = (sub: string, namespace = '1'): Claims => ({
  'gitlab.com:sub': sub,
  'gitlab.com:aud': 'https://gitlab.com',
  'gitlab.com:namespace_id': namespace,
});
const MAIN = 'ref_type:branch:ref:main';

/** The answers admit mygroup with its subgroups, two projects of it by ID, and the projects right in partner, ID 77. */
const TOKENS: readonly (readonly [
  who: string,
  verdict: 'admitted' | 'denied',
  provider: string,
  Claims,
])[] = [
  [
    'a project of the group',
    'admitted',
    NAMES.provider,
    gitlab(`project_path:mygroup/web:${MAIN}`),
  ],
  [
    'a project of a subgroup',
    'admitted',
    NAMES.provider,
    gitlab('project_path:mygroup/a/b/web:ref_type:tag:ref:v1'),
  ],
  [
    'a reclaimed path, whose subject GitLab makes begin with the ID',
    'admitted',
    NAMES.provider,
    gitlab(`project_id:815:${MAIN}`),
  ],
  [
    'a project whose role has an ID as subject',
    'admitted',
    NAMES.provider,
    gitlab(`project_id:4711:${MAIN}`),
  ],
  [
    'a project right in the flat group, by path',
    'admitted',
    NAMES.provider,
    gitlab(`project_path:partner/app:${MAIN}`, '77'),
  ],
  [
    'a project right in the flat group, by ID',
    'admitted',
    NAMES.provider,
    gitlab(`project_id:9:${MAIN}`, '77'),
  ],
  [
    'a token of another issuer',
    'admitted',
    GITHUB,
    { 'token.actions.githubusercontent.com:sub': 'repo:acme/web:ref:refs/heads/main' },
  ],
  ['a stranger', 'denied', NAMES.provider, gitlab(`project_path:evil/web:${MAIN}`)],
  [
    'a group whose path begins alike',
    'denied',
    NAMES.provider,
    gitlab(`project_path:mygroup-evil/web:${MAIN}`),
  ],
  ['an ID that begins alike', 'denied', NAMES.provider, gitlab(`project_id:8150:${MAIN}`)],
  [
    'who has the path of the flat group, but not its ID',
    'denied',
    NAMES.provider,
    gitlab(`project_path:partner/app:${MAIN}`, '78'),
  ],
  [
    'a stranger with a branch that looks like a project of the group',
    'denied',
    NAMES.provider,
    gitlab('project_path:evil/web:ref_type:branch:ref:project_path:mygroup/web'),
  ],
];

/** The simulator knows the subject of `accounts.google.com` only, so it stands for that of an issuer. */
const KNOWN = 'accounts.google.com:sub';

async function simulated(provider: string, claims: Claims): Promise<string> {
  const isOurs = provider === NAMES.provider;
  const known = (text: string) => text.replaceAll('gitlab.com:sub', KNOWN);
  return decisionOf({
    principal: provider,
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: NAMES.managedRole,
    context: isOurs
      ? Object.fromEntries(Object.entries(claims).map(([key, value]) => [known(key), value]))
      : {},
    trust: trusting(provider),
    rcp: JSON.parse(known(JSON.stringify(rcp))),
  });
}

/** The same by our own evaluator, which reads policies of roles: a resource that is every role makes no difference. */
function evaluated(document: unknown, provider: string, claims: Claims): boolean {
  const { Statement, ...rest } = document as { Statement: Record<string, unknown>[] };
  const statements = Statement.map(({ Resource, ...statement }) => {
    expect(Resource).toBe('*');
    return statement;
  });
  const parsed = parsePolicy({
    ...rest,
    Statement: [...trusting(provider).Statement, ...statements],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return isAllowed(preparePolicy(parsed.policy), { principal: provider, context: claims });
}

describe('of the tokens of the issuer, only those of our groups may assume anything', () => {
  test.each(TOKENS)('%s: %s', async (_, verdict, provider, claims) => {
    expect(await simulated(provider, claims)).toBe(
      verdict === 'admitted' ? 'Allowed' : 'ExplicitlyDenied',
    );
    expect(evaluated(rcp, provider, claims)).toBe(verdict === 'admitted');
  });

  test('there are twelve', () => {
    expect(TOKENS.length).toBe(12);
  });
});

test('no token of another path is admitted, whatever the groups and paths are', () => {
  const segment = fc
    .stringMatching(/^[a-z][a-z0-9_.-]{0,4}$/)
    .filter((s) => !/\.(git|atom)$/.test(s));
  const path = (least: number) =>
    fc.array(segment, { minLength: least, maxLength: 3 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(
      fc.uniqueArray(path(1), { minLength: 1, maxLength: 4 }),
      path(2),
      (groups, project) => {
        const inGroups = groups.some((group) => project.startsWith(`${group}/`));
        const { organization } = blueprintOf({
          ...answers,
          bootstrap: undefined,
          organization: { groups: groups.map((one) => ({ path: one })) },
        });
        const claims = gitlab(`project_path:${project}:${MAIN}`);
        expect(evaluated(organization?.rcp.document, NAMES.provider, claims)).toBe(inGroups);
      },
    ),
    { numRuns: runs(200) },
  );
});

test('the README names the IDs of projects that it admits, and none where there are none', () => {
  const readme = (of: Answers) => renderOrganization(blueprintOf(of)).get('org/README.md');
  expect(readme(answers)).toContain('for these IDs:\n\n- `815`\n- `4711`\n');
  const byGroup = { ...golden, organization: { groups: [{ path: 'mygroup' }] } };
  expect(readme(byGroup)).not.toContain('these IDs');
});
