import { describe, expect, test } from '@jest/globals';
import type { Inventory } from '../../src/access/role-context.ts';
import { reasonInWords } from '../../src/access/words.ts';
import { readInventory } from '../../src/aws/inputs/read-inputs.ts';
import { compareInventories, totalsOf } from '../../src/compare/compare-inventories.ts';
import { effectInWords, factInWords, headlines, providerInWords } from '../../src/compare/words.ts';

const SUB = 'project_path:acme/web:ref_type:branch:ref:main';

function trust(conditions: object, account = '123456789012') {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/gitlab.com` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: conditions,
      },
    ],
  };
}

const MAIN = trust({ StringEquals: { 'gitlab.com:sub': SUB } });

function role(name: string, policy: object, more: object = {}) {
  return {
    RoleName: name,
    Arn: `arn:aws:iam::123456789012:role/${name}`,
    AssumeRolePolicyDocument: policy,
    ...more,
  };
}

function inventory(...documents: object[]): Inventory {
  return readInventory(
    documents.map((one, index) => ({
      file: `${index}.json`,
      text: JSON.stringify(one),
      isFound: false,
    })),
  );
}

function texts(before: Inventory, after: Inventory) {
  const comparison = compareInventories(before, after);
  return {
    says: headlines(comparison, totalsOf(comparison)),
    lines: [
      ...comparison.roles.flatMap(({ effects, facts }) => [
        ...effects.map((one) => `${one.kind} ${effectInWords(one)}`),
        ...facts.map(factInWords),
      ]),
      ...comparison.providers.map(providerInWords),
    ],
  };
}

describe('two inputs', () => {
  test('what cannot be determined is one reason, with the statements of either side', () => {
    const of = (variable: string) =>
      inventory(role('a', trust({ StringLike: { 'gitlab.com:sub': `acme/\${${variable}}:*` } })));
    const both = [of('aws:SourceVpc'), of('aws:UserAgent')] as const;
    const reasonsOf = (before: Inventory, after: Inventory) =>
      compareInventories(before, after).roles.map(({ reasons }) => reasons.map(reasonInWords));
    const conditions =
      'it depends on StringLike gitlab.com:sub "acme/${aws:SourceVpc}:*" and StringLike gitlab.com:sub "acme/${aws:UserAgent}:*"';
    for (const [before, after] of [both, [...both].reverse() as [Inventory, Inventory]])
      expect(reasonsOf(before, after)).toEqual([
        [`cannot be determined: ${conditions}, in Statement[0] before and Statement[0] after`],
      ]);
  });

  test('a limit that is gone is looser, and its reverse stricter', () => {
    const limited = trust({
      StringEquals: { 'gitlab.com:sub': SUB, 'gitlab.com:ref_protected': 'true' },
    });
    const [one, other] = [inventory(role('r', limited)), inventory(role('r', MAIN))];
    expect(texts(one, other)).toEqual({
      says: ['Somebody gains access.', 'Nobody loses access: 1 role compared exactly.'],
      lines: ['looser acme/web: branch main; no longer protected refs only'],
    });
    expect(texts(other, one)).toEqual({
      says: ['Nobody gains access: 1 role compared exactly.', 'Somebody loses access.'],
      lines: ['stricter acme/web: branch main; now protected refs only'],
    });
  });

  test('a role that comes and one that goes', () => {
    expect(texts(inventory(role('old', MAIN)), inventory(role('new', MAIN)))).toEqual({
      says: ['Somebody gains access.', 'Somebody loses access.'],
      lines: ['gains acme/web: branch main', 'loses acme/web: branch main'],
    });
  });

  test('a policy without its role is compared with the one role of the other input', () => {
    expect(texts(inventory(MAIN), inventory(role('r', MAIN))).says).toEqual([
      'Nobody gains or loses access: 1 role compared exactly.',
    ]);
  });

  test('one more audience of the provider lets its tokens in, where no policy asks for one', () => {
    const provider = (...ids: string[]) => ({ Url: 'gitlab.com', ClientIDList: ids });
    const found = texts(
      inventory(role('r', MAIN), provider('a')),
      inventory(role('r', MAIN), provider('a', 'b')),
    );
    expect(found.says[0]).toBe('Somebody gains access.');
    expect(found.lines).toContain('https://gitlab.com accepts the audience b');
  });

  test('what a role permits, where both inputs list it', () => {
    const details = (...arns: string[]) => ({
      RoleDetailList: [
        role('r', MAIN, {
          AttachedManagedPolicies: arns.map((PolicyArn) => ({ PolicyArn })),
          RolePolicyList: [],
        }),
      ],
      Policies: [],
    });
    const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
    expect(texts(inventory(details()), inventory(details(administrator)))).toEqual({
      says: [
        'Nobody gains or loses access: 1 role compared exactly.',
        'Roles permit more than before.',
      ],
      lines: [`gets the policy ${administrator}`],
    });
    expect(texts(inventory(role('r', MAIN)), inventory(details(administrator))).lines).toEqual([]);
  });

  test('an item that cannot be read leaves the answer open, and the rest is compared', () => {
    const after = inventory({
      Roles: [role('r', MAIN), { ...role('s', MAIN), AssumeRolePolicyDocument: 7 }],
    });
    expect(texts(inventory(role('r', MAIN)), after).says).toEqual([
      'Whether somebody gains access cannot be determined.',
      'Whether somebody loses access cannot be determined.',
    ]);
  });

  test('an issuer that is not known to be a GitLab is not decided, unless the policies are the same', () => {
    const other = (sub: string) => {
      const policy = trust({ StringEquals: { 'gitlab.com:sub': sub } });
      return JSON.parse(
        JSON.stringify(policy).replaceAll('gitlab.com', 'id.example.org'),
      ) as object;
    };
    const [one, two] = [inventory(role('r', other('a'))), inventory(role('r', other('b')))];
    expect(compareInventories(one, two).roles[0]).toMatchObject({
      gains: 'undetermined',
      reasons: [{ kind: 'other-issuer', issuer: 'id.example.org' }],
    });
    expect(compareInventories(one, one).roles[0]).toMatchObject({ gains: 'no', loses: 'no' });
  });

  test('two ordinary policies take less than 5 ms', () => {
    const wide = trust({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:*' },
    });
    const [one, other] = [inventory(role('r', MAIN)), inventory(role('r', wide))];
    const times = Array.from({ length: 50 }, () => {
      const start = performance.now();
      compareInventories(one, other);
      return performance.now() - start;
    });
    // The machine may do other things meanwhile.
    expect(Math.min(...times)).toBeLessThan(5);
  });
});
