import { expect, test } from '@jest/globals';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { nextSteps, summary } from '../../src/commands/create/summary.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { answers, role } from '../support/builders/answers.ts';

test('what a person does before the deploy comes before it, in generated files', () => {
  const blueprint = blueprintOf(
    answers({
      gitlab: {
        url: 'https://gitlab.com',
        repository: 'acme/oidc',
        sub_components: ['project_id', 'ref_type', 'ref'],
      },
      roles: [role({ projects: [{ path: 'acme/web', id: 20 }] })],
      output: 'hcl',
      state: { backend: 's3', bucket: 'my-states', key: 'oidc.tfstate' },
      bootstrap: { repository: { id: 42 } },
    }),
  );
  const steps = nextSteps(blueprint, 'oidc');
  expect(steps).toEqual([
    'cd oidc',
    '# set the subject form in GitLab: gitlab/settings.md',
    '# create the bootstrap: bootstrap/README.md',
    'terraform -chdir=terraform init',
    'terraform -chdir=terraform apply',
  ]);
  const named = steps.flatMap((step) => /^#.*: (\S+)$/.exec(step)?.[1] ?? []);
  const files = renderGenerated(blueprint);
  expect(named.filter((path) => !files.has(path))).toEqual([]);
});

test('a role may read a bucket, and has a policy', () => {
  const permissions = { s3: { read: ['my-bucket'] }, managed_policies: ['ReadOnlyAccess'] };
  const blueprint = blueprintOf(answers({ roles: [role({ permissions })] }));
  const lines = summary(blueprint, 'oidc', 'stdout').split('\n');
  expect(lines).toContain('    may read S3 my-bucket');
  expect(lines).toContain('    has managed policy ReadOnlyAccess');
});
