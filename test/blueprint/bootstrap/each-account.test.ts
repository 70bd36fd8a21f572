import { describe, expect, test } from '@jest/globals';
import { accountRows, parametersOfRow } from '../../support/builders/accounts-table.ts';
import { committedFiles } from '../../support/builders/goldens.ts';
import { resolved } from '../../support/tools/cloudformation.ts';
import { decisionOf } from '../../support/tools/simulated-call.ts';
import { contextsIn, readsIn, writesIn, type Row } from './needs.ts';
import { namesIn, type Names } from './pipeline.ts';
import { waysIn } from './ways.ts';

const files = committedFiles('bootstrapped-accounts');
const template = files.get('bootstrap/bootstrap.cfn.yaml') ?? '';
const rows = accountRows(files.get('bootstrap/accounts.csv') ?? '');

/** The golden's accounts: what the answers say of each, thought out apart from what is generated. */
const ACCOUNTS: readonly (readonly [name: string, Names])[] = [
  ['dev', ofAccount('111111111111', 'dev')],
  ['stage', ofAccount('222222222222', 'stage')],
  [
    'prod',
    ofAccount('333333333333', 'prod', {
      boundary: 'arn:aws:iam::333333333333:policy/security/ci-boundary',
    }),
  ],
];

function ofAccount(id: string, name: string, own: Partial<Names> = {}): Names {
  const state = {
    stateKey: `aws-access/${name}/terraform.tfstate`,
    stateAccount: '444444444444',
  };
  return namesIn(id, { ...state, ...own });
}

/** The policy that a role of the template has in one account. */
function policyOf(role: 'PlanRole' | 'ApplyRole', name: string, { account }: Names): unknown {
  const row = rows.find((one) => one['account'] === name) ?? {};
  expect(row['id']).toBe(account);
  const { resources } = resolved(template, account, parametersOfRow(row));
  const { Policies: policies } = resources[role]?.properties as {
    Policies: { PolicyDocument: unknown }[];
  };
  return policies[0]?.PolicyDocument;
}

const decide = (principal: string, policy: unknown, [, action, resource, context]: Row) =>
  decisionOf({
    principal,
    action,
    resource,
    identity: [policy],
    ...(context ? { context } : {}),
  });

describe.each(ACCOUNTS)('in %s', (name, names) => {
  const apply = policyOf('ApplyRole', name, names);
  const plan = policyOf('PlanRole', name, names);
  const others = ACCOUNTS.filter(([other]) => other !== name).map(([, other]) => other);
  const { WITH, OWN } = contextsIn(names);

  /** Into another account, or its state, which is in the same bucket. */
  const acrossAccounts = others.flatMap((other): Row[] => {
    const state = `${other.bucket}/${other.stateKey}`;
    return [
      [`reads the state of ${other.account}`, 's3:GetObject', state, OWN],
      [`writes the state of ${other.account}`, 's3:PutObject', state, OWN],
      [`breaks the lock of ${other.account}`, 's3:DeleteObject', `${state}.tflock`, OWN],
      [`changes a role of ${other.account}`, 'iam:UpdateAssumeRolePolicy', other.managedRole, WITH],
      [`assumes the apply role of ${other.account}`, 'sts:AssumeRole', other.applyRole],
    ];
  });
  const boundaries: Row[] = others.map((other) => [
    `creates a role with the boundary of ${other.account}`,
    'iam:CreateRole',
    names.managedRole,
    { 'iam:PermissionsBoundary': other.boundary },
  ]);

  test.each([...waysIn(names), ...acrossAccounts, ...boundaries])(
    'the apply role never: it %s',
    async (...way) => {
      expect(await decide(names.applyRole, apply, way)).not.toBe('Allowed');
    },
  );

  test.each([...readsIn(names), ...writesIn(names)])('the apply role %s', async (...need) => {
    expect(await decide(names.applyRole, apply, need)).toBe('Allowed');
  });

  test.each(readsIn(names))('the plan role %s', async (...need) => {
    expect(await decide(names.planRole, plan, need)).toBe('Allowed');
  });

  test.each([...acrossAccounts, ...waysIn(names)])('the plan role never: it %s', async (...way) => {
    expect(await decide(names.planRole, plan, way)).not.toBe('Allowed');
  });

  test('the boundary remains out of reach where somebody attaches AdministratorAccess', async () => {
    const admin = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    };
    for (const action of ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion']) {
      const identity = [apply, admin];
      const resource = names.boundary;
      expect(await decisionOf({ principal: names.applyRole, action, resource, identity })).toBe(
        'ExplicitlyDenied',
      );
    }
  });
});

describe('the policy of the bucket of the states', () => {
  const policy: unknown = JSON.parse(files.get('bootstrap/state-bucket-policy.json') ?? '');
  const anything = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  };
  /** An administrator of an account can give a role of any name these permissions. */
  const reaches = async (principal: string, action: string, { bucket }: Names, key: string) =>
    (await decisionOf({
      principal,
      action,
      resource: key === '' ? bucket : `${bucket}/${key}`,
      resourceAccount: '444444444444',
      context: { 'aws:PrincipalArn': principal },
      identity: [anything],
      resourcePolicy: policy,
    })) === 'Allowed';

  test.each(ACCOUNTS)('lets both roles of %s reach its state', async (_, names) => {
    for (const principal of [names.planRole, names.applyRole]) {
      expect(await reaches(principal, 's3:ListBucket', names, '')).toBe(true);
      expect(await reaches(principal, 's3:GetObject', names, names.stateKey)).toBe(true);
      expect(await reaches(principal, 's3:PutObject', names, names.stateKey)).toBe(true);
      const lock = `${names.stateKey}.tflock`;
      expect(await reaches(principal, 's3:PutObject', names, lock)).toBe(true);
      expect(await reaches(principal, 's3:DeleteObject', names, lock)).toBe(true);
    }
  });

  test.each(ACCOUNTS)('lets no role of %s reach the state of another account', async (_, names) => {
    for (const [, other] of ACCOUNTS.filter(([, { account }]) => account !== names.account)) {
      for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']) {
        expect(await reaches(names.applyRole, action, names, other.stateKey)).toBe(false);
        const lock = `${other.stateKey}.tflock`;
        expect(await reaches(names.applyRole, action, names, lock)).toBe(false);
      }
    }
  });

  test.each(ACCOUNTS)('lets no other role of %s reach anything', async (_, names) => {
    expect(await reaches(names.otherRole, 's3:ListBucket', names, '')).toBe(false);
    expect(await reaches(names.otherRole, 's3:GetObject', names, names.stateKey)).toBe(false);
  });
});
