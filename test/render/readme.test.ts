import { expect, test } from '@jest/globals';
import { blueprintOf } from '../../src/blueprint/build.ts';
import type { SubComponent } from '../../src/gitlab/subject.ts';
import { renderReadme } from '../../src/render/readme.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { answers, role } from '../support/builders/answers.ts';

/** The README for roles that so many projects each may assume. */
function readmeFor(roles: number, projects: number, branches = ['main']): string {
  const blueprint = blueprintOf(
    answers({
      aws: { region: 'eu-west-1', quotas: { trust_policy: 4096 } },
      roles: Array.from({ length: roles }, (_, r) =>
        role({
          name: `deploy-${r}`,
          projects: Array.from({ length: projects }, (_, p) => ({ path: `acme/web-${r}-${p}` })),
          refs: { branches },
        }),
      ),
    }),
  );
  return renderReadme(blueprint).get('README.md') ?? '';
}

const rows = (readme: string) => readme.match(/^\| `acme\//gm)?.length;
const arrows = (readme: string) => readme.match(/^ {2}project\d+\[.* --> role\d+/gm)?.length;

test('a hundred ways in are a table and a picture', () => {
  const readme = readmeFor(20, 5);
  expect(rows(readme)).toBe(100);
  expect(arrows(readme)).toBe(100);
});

test('of more there is the table alone: nobody reads such a picture, and Mermaid refuses one of over 500', () => {
  const readme = readmeFor(101, 1);
  expect(rows(readme)).toBe(101);
  expect(readme).not.toContain('mermaid');
});

test('so it is where the names are longer together than what Mermaid takes', () => {
  const names = Array.from({ length: 4 }, (_, n) => `${n}${'x'.repeat(250)}`);
  expect(readmeFor(40, 1, names)).toContain('```mermaid');
  expect(readmeFor(60, 1, names)).not.toContain('mermaid');
});

const FORM = ['project_path', 'ref_type', 'ref', 'ref_protected'] as SubComponent[];

test('the form that every project of a group needs is a setting of each one', () => {
  const about = {
    gitlab: { url: 'https://gitlab.example.com', sub_components: FORM },
    roles: [role({ projects: [], groups: [{ path: 'acme', accept_new_projects: true }] })],
  };
  const files = renderGenerated(blueprintOf(answers(about)));
  expect(files.get('README.md')).toContain('[gitlab/settings.md](gitlab/settings.md) lists them');
  expect(files.get('gitlab/settings.md')).toContain(
    '| every project in `acme` | `projects/PROJECT_ID` | `ci_id_token_sub_claim_components[]=project_path`<br>',
  );
  expect(files.get('gitlab/settings.sh')).toContain('\nin_group acme acme settings_1\n');
});

test('where nothing must be set in GitLab, there are no files for it', () => {
  const files = renderGenerated(blueprintOf(answers()));
  expect([...files.keys()].filter((path) => path.startsWith('gitlab/'))).toEqual([]);
  expect(files.get('README.md')).not.toContain('gitlab/settings');
});

test('a pattern that no rule of GitLab can have is protected by hand, and needs no script', () => {
  const refs = { tags: ['v?'], protected_only: true };
  const files = renderGenerated(blueprintOf(answers({ roles: [role({ refs })] })));
  expect(files.get('gitlab/settings.md')).toContain('| `acme/web` | tag `v?` |');
  expect(files.get('gitlab/settings.md')).not.toContain('settings.sh');
  expect(files.has('gitlab/settings.sh')).toBe(false);
});

test('the example job has the environment without which nobody may assume its role', () => {
  const about = {
    gitlab: {
      url: 'https://gitlab.com',
      sub_components: ['project_path', 'ref_type', 'ref', 'deployment_tier'] as SubComponent[],
    },
    roles: [role({ deployment_tier: 'staging' })],
  };
  const readme = renderReadme(blueprintOf(answers(about))).get('README.md');
  expect(readme).toContain(`  environment:
    name: staging
    deployment_tier: staging
`);
  expect(readme).toContain('only a job with such an `environment:` may assume the role');
});

const S3 = { backend: 's3', bucket: 'my-states', key: 'oidc.tfstate' } as const;
const readmeOf = (change: Parameters<typeof answers>[0]) =>
  renderReadme(blueprintOf(answers(change))).get('README.md') ?? '';

test('the image of the example job has a version, like those of the pipeline', () => {
  expect(readmeOf({}).match(/^ {4}name: (.*)$/m)?.[1]).toMatch(/^amazon\/aws-cli:\d+\.\d+\.\d+$/);
});

test('what to do about a plan that can no longer be applied, where apply uses the plan', () => {
  const once = 'A plan can be applied once';
  expect(readmeOf({ state: S3 })).toContain(once);
  const gitlab = { url: 'https://gitlab.example.com' };
  expect(readmeOf({ state: S3, gitlab, ci: { credentials: 'legacy-jwt' } })).not.toContain(once);
  expect(readmeOf({})).not.toContain(once);
});

test('an account whose state is on one machine is not among those that the pipeline plans', () => {
  const accounts = [
    { name: 'dev', id: '111111111111' },
    { name: 'prod', id: '333333333333', state: S3 },
  ];
  const readme = readmeOf({ accounts, aws: { region: 'eu-west-1' } });
  expect(readme).toContain('plans every account with a remote state,');
});

test('the README shows who can use the plan role where people create it themselves; otherwise bootstrap/README.md does', () => {
  const sentence = 'Anyone who can push a branch can use the plan role';
  expect(readmeOf({ state: S3 })).toContain(sentence);
  const gitlab = { url: 'https://gitlab.com', repository: 'acme/oidc' };
  const files = renderGenerated(blueprintOf(answers({ state: S3, gitlab, bootstrap: {} })));
  expect(files.get('README.md')).not.toContain(sentence);
  expect(files.get('bootstrap/README.md')).toMatch(
    /Anyone who can push a branch can use\s+the plan role/,
  );
});
