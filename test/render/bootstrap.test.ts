import { describe, expect, test } from '@jest/globals';
import type { Answers } from '../../src/answers/schema.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { answers } from '../support/builders/answers.ts';

const STATE = { backend: 's3', bucket: 'my-states', key: 'oidc.tfstate' } as const;

function bootstrapped(change: Partial<Answers> = {}) {
  return renderGenerated(
    blueprintOf(
      answers({
        gitlab: { url: 'https://gitlab.com', repository: 'acme/oidc' },
        state: STATE,
        bootstrap: {},
        ...change,
      }),
    ),
  );
}

function ofAccounts(count: number) {
  return bootstrapped({
    aws: { region: 'eu-west-1' },
    accounts: Array.from({ length: count }, (_, index) => ({
      name: `a${index}`,
      id: String(100_000_000_000 + index),
    })),
    state: { ...STATE, key: '{account}.tfstate' },
    bootstrap: { state_account: '999999999999' },
  });
}

test.each([
  ['one account', bootstrapped()],
  ['several accounts', ofAccounts(2)],
])('a text that is one reference is written as one, for %s', (_, files) => {
  expect(files.get('bootstrap/terraform/main.tf')).not.toMatch(/"\$\{[^}]*\}"/);
  expect(files.get('bootstrap/terraform/main.tf')).toContain('state_key,');
  expect(files.get('bootstrap/bootstrap.cfn.yaml')).not.toMatch(/!Sub "\$\{[^}]*\}"/);
  expect(files.get('bootstrap/bootstrap.cfn.yaml')).toContain('- !Ref StateKey');
});

describe('the command of its README gives every parameter, since a stack that exists keeps its old ones', () => {
  test.each([
    ['create', 'CreateProvider=true'],
    ['existing', 'CreateProvider=false'],
  ] as const)('provider: %s', (mode, parameter) => {
    const page = bootstrapped({ provider: { mode } }).get('bootstrap/README.md');
    expect(page).toContain(`  --parameter-overrides ${parameter} StateKey=oidc.tfstate\n`);
  });

  test('the README of the repository does not say that it creates an existing provider', () => {
    const existing = bootstrapped({ provider: { mode: 'existing' } }).get('README.md');
    expect(existing).not.toContain('the OIDC provider included');
  });
});

test('the pipeline does not say that roles of bootstrap/ are created outside this repository', () => {
  const pipeline = bootstrapped().get('.gitlab-ci.yml');
  expect(pipeline).not.toContain('outside this repository. ');
  expect(pipeline).toContain(
    '# Both are roles that this project may assume and people create, not this pipeline.',
  );
});

test('where S3 has no room to name the state of each account, there are words in place of the policy', () => {
  const [few, many] = [ofAccounts(30), ofAccounts(100)];
  expect(few.get('bootstrap/README.md')).toContain(
    'the roles of each account reach its own state only',
  );
  expect(few.has('bootstrap/state-bucket-policy.json')).toBe(true);
  expect(many.get('bootstrap/README.md')).toContain(
    'delete the state of that account and its lock file',
  );
  expect(many.has('bootstrap/state-bucket-policy.json')).toBe(false);
});
