import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountsOf } from '../../src/answers/accounts.ts';
import { checkAccountName } from '../../src/answers/check/accounts.ts';
import { checkAnswers } from '../../src/answers/check/answers.ts';
import { completeAnswers, readAnswersText } from '../../src/answers/read.ts';
import { migrateAnswers } from '../../src/answers/migrate.ts';
import type { Answers } from '../../src/answers/schema.ts';
import { answers, role } from '../support/builders/answers.ts';

const S3: Answers['state'] = { backend: 's3', bucket: 'my-states', key: '{account}/oidc.tfstate' };

/** Answers about a dev and a prod account. */
function several(change: Partial<Answers> = {}): Answers {
  return answers({
    aws: { region: 'eu-west-1' },
    accounts: [
      { name: 'dev', id: '111111111111' },
      { name: 'prod', id: '222222222222', region: 'us-gov-west-1' },
    ],
    state: S3,
    ...change,
  });
}

const wheres = (given: Answers) => checkAnswers(given).map(({ where }) => where);

describe('what the answers come to in an account', () => {
  test('answers without accounts are those of one account without a name', () => {
    const given = answers();
    expect(accountsOf(given)).toMatchObject([{ name: undefined, answers: given }]);
  });

  test('its own region decides the partition, and its name its place of the state', () => {
    const [dev, prod] = accountsOf(several());
    expect(dev.answers.aws).toEqual({
      partition: 'aws',
      region: 'eu-west-1',
      account_id: '111111111111',
    });
    expect(prod?.answers.aws).toMatchObject({ partition: 'aws-us-gov', region: 'us-gov-west-1' });
    expect(prod?.answers.state).toEqual({ ...S3, key: 'prod/oidc.tfstate' });
  });

  test('one bucket of all accounts is in one region, whatever that of an account is', () => {
    const regionOfProd = (state: Answers['state']) => {
      const accounts = [{ name: 'dev' }, { name: 'prod', region: 'us-east-1' }];
      const { state: own } = accountsOf(several({ accounts, state }))[1]?.answers ?? {};
      return own?.backend === 's3' ? own.region : 'no bucket';
    };
    expect(regionOfProd(S3)).toBe('eu-west-1');
    expect(regionOfProd({ ...S3, region: 'eu-west-3' })).toBe('eu-west-3');
    // A bucket of each account is where the account is, unless the answers say otherwise.
    expect(regionOfProd({ ...S3, bucket: 'states-of-{account}' })).toBeUndefined();
  });

  test('a difference replaces a key as a whole; tags of the account are added to those of the role', () => {
    const given = several({
      accounts: [{ name: 'dev' }, { name: 'prod', tags: { Stage: 'prod', Owner: 'ops' } }],
      roles: [
        role({
          tags: { Owner: 'web' },
          differences: { prod: { refs: { tags: ['v*'] } } },
        }),
        role({ name: 'only-dev', accounts: ['dev'] }),
      ],
    });
    const [dev, prod] = accountsOf(given);
    expect(dev.answers.roles.map(({ name, refs }) => [name, refs])).toEqual([
      ['deploy', { branches: ['main'] }],
      ['only-dev', { branches: ['main'] }],
    ]);
    expect(prod?.answers.roles).toEqual([
      role({ tags: { Stage: 'prod', Owner: 'web' }, refs: { tags: ['v*'] } }),
    ]);
  });
});

describe('answers about accounts are refused', () => {
  test.each<[string, Partial<Answers>, string[]]>([
    ['with an ID that is of no account in particular', { aws: answers().aws }, ['aws.account_id']],
    [
      'with one ID twice',
      {
        accounts: [
          { name: 'a', id: '111111111111' },
          { name: 'b', id: '111111111111' },
        ],
      },
      ['accounts[1].id'],
    ],
    ['with one name twice', { accounts: [{ name: 'a' }, { name: 'a' }] }, ['accounts[1].name']],
    [
      'with one state for two accounts',
      { state: { backend: 's3', bucket: 'my-states', key: 'oidc.tfstate' } },
      ['state.key'],
    ],
    [
      'with a role in an account that there is not',
      { roles: [role({ accounts: ['dev', 'prd'] })] },
      ['roles[0].accounts[1]'],
    ],
    [
      'with a difference where the role is not',
      {
        roles: [
          role({ accounts: ['dev'], differences: { prod: { tags: {} } } }),
          role({ name: 'x' }),
        ],
      },
      ['roles[0].differences.prod'],
    ],
    [
      'with an account that no role is for',
      { roles: [role({ accounts: ['dev'] })] },
      ['accounts[1].name'],
    ],
    [
      'with an unknown account in the order',
      { ci: { credentials: 'script', promotion: ['qa'] } },
      ['ci.promotion[0]'],
    ],
    [
      'with a flaw in a difference, at its place',
      { roles: [role({ differences: { prod: { refs: { branches: ['a b'] } } } })] },
      ['roles[0].differences.prod.refs.branches[0]'],
    ],
    [
      'with a boundary of another account',
      {
        accounts: [
          {
            name: 'dev',
            id: '111111111111',
            permissions_boundary: 'arn:aws:iam::999999999999:policy/b',
          },
        ],
      },
      ['accounts[0].permissions_boundary'],
    ],
  ])('%s', (_, change, expected) => {
    expect([...new Set(wheres(several(change)))]).toEqual(expect.arrayContaining(expected));
  });

  test.each<[string, Partial<Answers>, string[]]>([
    [
      'a tag that AWS refuses',
      {
        accounts: [{ name: 'dev', tags: { Stage: '{dev}' } }],
        roles: [role(), role({ name: 'other' })],
      },
      ['accounts[0].tags'],
    ],
    [
      'a boundary that has no ARN',
      { accounts: [{ name: 'dev', permissions_boundary: 'mine' }] },
      ['accounts[0].permissions_boundary'],
    ],
    [
      'a key that S3 refuses',
      { state: { backend: 's3', bucket: 'my-states', key: '{account},oidc' } },
      ['state.key'],
    ],
    [
      'one state for three accounts',
      {
        accounts: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
        state: { backend: 's3', bucket: 'my-states', key: 'oidc.tfstate' },
      },
      ['state.key'],
    ],
  ])('%s: once, where it stands, and not again for each role or account', (_, change, expected) => {
    expect(wheres(several(change))).toEqual(expected);
  });

  test('the fix for one state names the place of the account', () => {
    const state = { backend: 's3', bucket: 'my-states', key: 'oidc/terraform.tfstate' } as const;
    expect(checkAnswers(several({ state }))[0]?.fix).toBe(
      'Put {account} in it, such as oidc/{account}/terraform.tfstate',
    );
  });

  test('a role names accounts only where there are some', () => {
    expect(wheres(answers({ roles: [role({ accounts: ['dev'] })] }))).toEqual([
      'roles[0].accounts[0]',
    ]);
  });
});

test('a name is accepted exactly if it can be a folder, a job and an environment without escapes', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (name) => {
      const isAccepted = checkAccountName(name) === undefined;
      const isPlain =
        /^[a-z0-9-]{1,32}$/.test(name) && !/^-|--|-$/.test(name) && name !== 'constructor';
      expect(isAccepted).toBe(isPlain);
    }),
  );
  for (const name of ['..', 'a/b', '$(id)', 'A', '-', 'a\n', 'constructor', '${x}', 'a b', 'é']) {
    expect(checkAccountName(name)).toBeDefined();
  }
});

test('a file of version 1 is read as it is, and update changes nothing of it but its version', () => {
  const text = `# Ours.
version:   1   # of the format
gitlab: {url: 'https://gitlab.com'}
aws: { region: eu-west-1 }

provider: { mode: create }
roles: [ { name: deploy, projects: [ {path: acme/web} ], refs: {branches: [main]}, permissions: {} } ]
output: hcl # enough
state: { backend: local }
ci: { credentials: web-identity }
`;
  expect(migrateAnswers(text)).toBe(text.replace('version:   1   #', 'version:   2   #'));
  const read = (one: string) => completeAnswers(readAnswersText(one, 'a.yaml').draft);
  expect(read(text)).toEqual(read(migrateAnswers(text)));
});
