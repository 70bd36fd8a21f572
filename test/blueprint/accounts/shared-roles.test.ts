import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answers, Role } from '../../../src/answers/schema.ts';
import { accessDiffByAccount } from '../../../src/blueprint/access-diff/by-account.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { renderGenerated } from '../../../src/repository/render.ts';
import { answers, role } from '../../support/builders/answers.ts';

const NAMES = ['dev', 'stage', 'prod'];

function several(roles: Role[], change: Partial<Answers> = {}): Answers {
  return answers({
    aws: { region: 'eu-west-1' },
    accounts: NAMES.map((name, index) => ({ name, id: String(index + 1).repeat(12) })),
    roles,
    ...change,
  });
}

/** The paths whose text differs between two repositories. */
function changedFiles(before: Answers, after: Answers): string[] {
  const [one, other] = [before, after].map((given) => renderGenerated(blueprintOf(given)));
  const paths = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
  return [...paths].filter((path) => one?.get(path) !== other?.get(path));
}

describe('a role is written once', () => {
  const written = (roles: Role[]) => {
    const { shared, stacks } = blueprintOf(several(roles));
    return {
      shared: shared?.roles.map(({ name, isEverywhere }) => [name, isEverywhere]),
      own: stacks.map((stack) =>
        stack.roles.filter(({ label }) => !stack.shared.has(label)).map(({ name }) => name),
      ),
    };
  };

  test('for all accounts that have it', () => {
    expect(written([role()])).toEqual({ shared: [['deploy', true]], own: [[], [], []] });
  });

  test('for those that have it, where some do not', () => {
    expect(written([role(), role({ name: 'b', accounts: ['dev', 'prod'] })]).shared).toEqual([
      ['deploy', true],
      ['b', false],
    ]);
  });

  test('without the account in which it differs, even if the difference comes to the same', () => {
    const differences = { prod: { refs: { branches: ['main'] } } };
    expect(written([role({ differences })])).toEqual({
      shared: [['deploy', false]],
      own: [[], [], ['deploy']],
    });
  });

  test('for accounts of different quotas, where these do not divide it', () => {
    const accounts = NAMES.map((name) => ({
      name,
      ...(name === 'prod' && { quotas: { trust_policy: 4096 } }),
    }));
    const { shared } = blueprintOf(several([role()], { accounts }));
    expect(shared?.roles.map(({ isEverywhere }) => isEverywhere)).toEqual([true]);
  });

  test('for the accounts whose id is known, where that is not so of another and the id stands in it', () => {
    const accounts = NAMES.map((name, index) => ({
      name,
      ...(name !== 'prod' && { id: String(index + 1).repeat(12) }),
    }));
    const permissions = { s3: { read: ['my-bucket'] } };
    const { shared, stacks } = blueprintOf(several([role({ permissions })], { accounts }));
    expect(shared?.roles.map(({ isEverywhere }) => isEverywhere)).toEqual([false]);
    expect(stacks.map((stack) => stack.shared.size)).toEqual([1, 1, 0]);
  });

  test('not if one account alone has it', () => {
    expect(written([role(), role({ name: 'b', accounts: ['dev'] })])).toEqual({
      shared: [['deploy', true]],
      own: [['b'], [], []],
    });
  });
});

test('its documents hold the values of the account as variables of the module', () => {
  const permissions = { s3: { read: ['my-bucket'] }, ecr_push: { repositories: ['web'] } };
  const files = renderGenerated(blueprintOf(several([role({ permissions })])));
  const text = files.get('terraform/modules/gitlab-oidc/roles.tf') ?? '';
  expect(text).toContain('"aws:ResourceAccount" = var.account_id');
  expect(text).toContain('"arn:aws:ecr:${var.region}:${var.account_id}:repository/web"');
  expect(text).not.toMatch(/1{12}|eu-west-1/);
});

test('two jobs of one name are refused', () => {
  const accounts = [{ name: 'a' }, { name: 'a-b' }];
  const roles = [role({ name: 'b-c', accounts: ['a'] }), role({ name: 'c', accounts: ['a-b'] })];
  expect(() => blueprintOf(several(roles, { accounts }))).toThrow(
    /role b-c in a and role c in a-b would both be the CI job \.aws-a-b-c/,
  );
});

test('a change of one account changes no file of another', () => {
  const path = fc.stringMatching(/^[a-z]{1,8}$/).map((name) => `acme/${name}`);
  const paths = fc.uniqueArray(path, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), paths, paths, (account, before, after) => {
      const given = (projects: string[]) =>
        several([
          role({
            differences: { [account]: { projects: projects.map((one) => ({ path: one })) } },
          }),
          role({ name: 'b' }),
        ]);
      const others = NAMES.filter((name) => name !== account);
      const changed = changedFiles(given(before), given(after));
      expect(
        changed.filter(
          (file) =>
            file.startsWith('terraform/modules/') ||
            file === 'lib/gitlab-oidc-stack.ts' ||
            others.some((name) => file.includes(`accounts/${name}`)),
        ),
      ).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a change that all accounts have is reported once, and one of an account with its name', () => {
  const before = blueprintOf(several([role()]));
  const tagged = role({
    refs: { branches: ['main', 'next'] },
    differences: { prod: { refs: { tags: ['v1'] } } },
  });
  const { changes, moves } = accessDiffByAccount(before, blueprintOf(several([tagged])));
  expect(changes.map(({ text }) => text.split(':')[0])).toEqual(['dev and stage', 'prod', 'prod']);
  expect(moves).toEqual([
    {
      type: 'aws_iam_role',
      from: 'deploy',
      to: 'deploy',
      account: 'prod',
      fromModule: 'gitlab_oidc',
    },
  ]);
});
