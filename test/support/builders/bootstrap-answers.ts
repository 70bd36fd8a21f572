import type { Answers } from '../../../src/answers/schema.ts';
import { answers, SELF_MANAGED } from './answers.ts';

/** Answers with a bootstrap, changed as a test needs. */
export function bootstrapAnswers(change: Partial<Answers> = {}): Answers {
  const gitlab = { url: 'https://gitlab.com', repository: 'acme/oidc' };
  return answers({
    gitlab,
    output: 'hcl',
    state: { backend: 's3', bucket: 'acme-state', key: 'oidc/terraform.tfstate' },
    bootstrap: {},
    ...change,
  });
}

/** One of each kind: what a bootstrap can differ in. */
export const VARIANTS: readonly (readonly [name: string, Answers])[] = [
  ['gitlab.com with its state in a bucket', bootstrapAnswers()],
  [
    'an instance of one’s own behind a private CA, with its state in GitLab',
    bootstrapAnswers({
      gitlab: {
        ...SELF_MANAGED,
        repository: 'acme/oidc',
        sub_components: ['project_path', 'ref_type', 'ref', 'ref_protected'],
      },
      provider: { mode: 'create', thumbprints: ['a94a8fe5ccb19ba61c4c0873d391e987982fbbd3'] },
      state: { backend: 'gitlab', name: 'oidc' },
    }),
  ],
  [
    'GovCloud, where the account has the provider, with names of one’s own',
    bootstrapAnswers({
      aws: { partition: 'aws-us-gov', region: 'us-gov-west-1', account_id: '123456789012' },
      provider: { mode: 'existing' },
      bootstrap: {
        role_path: '/ci/boot/',
        managed_path: '/ci/roles/',
        plan_role: 'p',
        apply_role: 'a',
        boundary: 'b',
        refs: { default_branch: 'trunk', plan_protected_only: true },
        usable_roles: ['/app/*', 'cdk-*'],
        state_account: '999999999999',
        admin_role: 'OrganizationAccountAccessRole',
        organizational_units: ['ou-abcd-11112222', 'r-abcd'],
      },
    }),
  ],
  [
    'a default branch with signs of every language',
    bootstrapAnswers({
      bootstrap: { refs: { default_branch: '${x}${!y}%{z}"\'é`!Sub' } },
    }),
  ],
];
