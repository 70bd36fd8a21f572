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
    [
      'create',
      'CreateProvider=true',
      'If the account already has the provider, use `CreateProvider=false`.',
    ],
    [
      'existing',
      'CreateProvider=false',
      'If the account does not have the provider yet, use `CreateProvider=true`.',
    ],
  ] as const)('provider: %s', (mode, parameter, otherwise) => {
    const page = bootstrapped({ provider: { mode } }).get('bootstrap/README.md');
    expect(page).toContain(`  --parameter-overrides ${parameter} StateKey=oidc.tfstate\n`);
    expect(page).toContain(otherwise);
  });

  test('the README of the repository says who must have the provider', () => {
    const existing = bootstrapped({ provider: { mode: 'existing' } }).get('README.md');
    expect(existing).not.toContain('the OIDC provider included');
    expect(existing).toContain(
      'The account must already have the OIDC provider for `https://gitlab.com`',
    );
    const created = bootstrapped().get('README.md');
    expect(created).toContain('the OIDC provider included');
    expect(created).not.toContain('must already have');
  });
});

test('the pipeline says who creates the roles that its variables name', () => {
  const own = '# Both are roles that people create by bootstrap/ and the pipeline cannot change.';
  const outside = '# Both are roles that this project may assume, created outside this repository.';
  expect(bootstrapped().get('.gitlab-ci.yml')).toContain(own);
  expect(bootstrapped().get('.gitlab-ci.yml')).not.toContain(outside);
  const without = renderGenerated(blueprintOf(answers({ state: STATE })));
  expect(without.get('.gitlab-ci.yml')).toContain(outside);
});

test('the README says whether the policy of the bucket keeps accounts apart', () => {
  expect(ofAccounts(2).get('bootstrap/README.md')).toContain(
    'reach the state of that account only',
  );
  expect(ofAccounts(100).get('bootstrap/README.md')).toContain(
    'an administrator\nof one account can then reach the states of all',
  );
});
