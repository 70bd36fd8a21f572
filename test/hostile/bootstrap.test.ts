import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { completeAnswers } from '../../src/answers/read.ts';
import { answersText } from '../../src/answers/write.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { inAccount } from '../../src/blueprint/bootstrap/marks.ts';
import { renderRepository } from '../../src/repository/render.ts';
import { bootstrapAnswers } from '../support/builders/bootstrap-answers.ts';
import { projectPath, refName } from '../support/builders/hostile.ts';
import { resolved } from '../support/tools/cloudformation.ts';
import { describeWith, terraform } from '../support/tools/required-tools.ts';
import { runs } from '../support/tools/runs.ts';
import { valuesOfHcl } from '../support/tools/terraform-values.ts';

const ACCOUNT = '123456789012';
const KEY = 'oidc/terraform.tfstate';

/** Names of roles and policies may have these signs beside letters and digits. */
const name = fc
  .stringMatching(/^[A-Za-z0-9_+=,.@-]{1,12}$/)
  .filter((text) => text.toLowerCase() !== 'deploy');
const segment = fc.stringMatching(/^[A-Za-z0-9_+=,.@-]{1,6}$/);

/** Answers whose every name in `bootstrap/` and `org/` is as odd as it may be. */
const hostile = fc
  .record({
    branch: refName('branch'),
    repository: projectPath(),
    plan: name,
    apply: name,
    boundary: name,
    own: segment,
    managed: segment,
    usable: fc.array(segment, { maxLength: 3 }),
    exception: name,
  })
  .filter(({ plan, apply }) => plan.toLowerCase() !== apply.toLowerCase())
  .map((odd) => {
    const group = odd.repository.slice(0, odd.repository.indexOf('/'));
    return bootstrapAnswers({
      gitlab: { url: 'https://gitlab.com', repository: odd.repository },
      roles: [
        {
          name: 'deploy',
          projects: [{ path: odd.repository }],
          refs: { branches: [odd.branch] },
          permissions: {},
        },
      ],
      bootstrap: {
        role_path: `/b${odd.own}/`,
        managed_path: `/m${odd.managed}/`,
        plan_role: odd.plan,
        apply_role: odd.apply,
        boundary: odd.boundary,
        refs: { default_branch: odd.branch },
        ...(odd.usable.length > 0
          ? { usable_roles: [...new Set(odd.usable)].map((one) => `/${one}/*`) }
          : {}),
        organizational_units: ['ou-abcd-11112222'],
      },
      organization: { groups: [{ path: group }], exceptions: [odd.exception] },
    });
  });

function rendered(answers: ReturnType<typeof bootstrapAnswers>) {
  const checked = completeAnswers(answers);
  const blueprint = blueprintOf(checked);
  const files = renderRepository(blueprint, checked, answersText(checked));
  const { bootstrap, organization } = blueprint;
  if (!bootstrap || !organization) throw new Error('there is no bootstrap');
  const own = (document: Parameters<typeof inAccount>[0]) =>
    inAccount(document, { account: ACCOUNT, stateKey: KEY });
  const expected = {
    boundary: own(bootstrap.boundary.document),
    roles: [bootstrap.plan, bootstrap.apply].map(({ role, trust, policy }) => ({
      name: role.name,
      path: role.path,
      trust: own(trust),
      policy: own(policy.document),
    })),
  };
  return { files, expected, organization };
}

test(`whatever the names are, the template says what was decided, ${runs(100)} times`, () => {
  fc.assert(
    fc.property(hostile, (answers) => {
      const { files, expected, organization } = rendered(answers);
      const { resources } = resolved(files.get('bootstrap/bootstrap.cfn.yaml') ?? '', ACCOUNT);
      const properties = (id: string) => resources[id]?.properties as Record<string, unknown>;
      expect(properties('Boundary')['PolicyDocument']).toEqual(expected.boundary);
      expect(
        ['PlanRole', 'ApplyRole'].map(properties).map((role) => ({
          name: role['RoleName'],
          path: role['Path'],
          trust: role['AssumeRolePolicyDocument'],
          policy: (role['Policies'] as { PolicyDocument: unknown }[])[0]?.PolicyDocument,
        })),
      ).toEqual(expected.roles);
      expect(JSON.parse(files.get('org/rcp.json') ?? '')).toEqual(organization.rcp.document);
      expect(JSON.parse(files.get('org/scp.json') ?? '')).toEqual(organization.scp.document);
    }),
    { numRuns: runs(100) },
  );
});

describeWith([terraform], 'hostile names of a bootstrap, in the eyes of Terraform', () => {
  test('come out of its twin as they went in', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (answers) => {
        const { files, expected } = rendered(answers);
        const text = files.get('bootstrap/terraform/main.tf') ?? '';
        const hcl = text
          .slice(text.indexOf('resource "aws_iam_policy"'), text.indexOf('\noutput '))
          .replace(/^ {2}depends_on += .*$/gm, '')
          .replaceAll('${var.account_id}', ACCOUNT)
          .replaceAll('${var.state_key}', KEY)
          .replace(/\bvar\.account_id\b/g, JSON.stringify(ACCOUNT))
          .replace(/\bvar\.state_key\b/g, JSON.stringify(KEY));
        const values = await valuesOfHcl(hcl);
        const document = (json = '{}') => JSON.parse(json) as unknown;
        expect(document(values['aws_iam_policy']?.['boundary']?.policy)).toEqual(expected.boundary);
        const labels = ['plan', 'apply'];
        expect(
          labels.map((label) => ({
            path: values['aws_iam_role']?.[label]?.path,
            trust: document(values['aws_iam_role']?.[label]?.assume_role_policy),
            policy: document(values['aws_iam_role_policy']?.[label]?.policy),
          })),
        ).toEqual(expected.roles.map(({ path, trust, policy }) => ({ path, trust, policy })));
      }),
      { numRuns: 1 + runs(1), endOnFailure: true },
    );
  });
});
