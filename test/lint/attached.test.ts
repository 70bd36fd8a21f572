import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { organizationRules } from '../../src/access/reach/organization.ts';
import { administratorValue, openPaths } from '../../src/access/reach/escalations.ts';
import {
  allowedByOne,
  knowing,
  type Policies,
  policiesOf,
} from '../../src/access/reach/policies.ts';
import { reachOf } from '../../src/access/reach/reach.ts';
import { NO } from '../../src/access/reach/value.ts';
import type { OrganizationPolicy, RoleContext } from '../../src/access/role-context.ts';
import { readInventory } from '../../src/aws/inputs/read-inputs.ts';
import { PATHS } from '../../src/iam/escalation/paths.ts';
import { estateOf } from '../../src/lint/estate.ts';
import { lint } from '../../src/lint/lint.ts';
import { lintContextOf } from '../../src/lint/lint-context.ts';
import { accountDetails, document, policyArn, type RoleSpec } from '../audit/estate/dump.ts';
import { ADMINISTRATOR, allow, comProject, deny } from '../audit/estate/statements.ts';

const ID = '111111111111';
const BOUNDARY = policyArn(ID, 'boundary');
const POWER_USER = 'arn:aws:iam::aws:policy/PowerUserAccess';
const SYSTEM_ADMINISTRATOR = 'arn:aws:iam::aws:policy/job-function/SystemAdministrator';

interface Given extends Omit<RoleSpec, 'name' | 'trust'> {
  /** Statements of the boundary; `unread` where the input does not hold its document. */
  readonly limit?: readonly object[] | 'unread';
  /** Statements of a managed policy of the account that the role carries, too. */
  readonly beside?: readonly object[];
  readonly scps?: readonly (readonly object[])[];
}

function roleOf({ limit, beside, managed = [], ...spec }: Given, name = 'r'): RoleContext {
  const role: RoleSpec = {
    name,
    trust: [comProject(ID, 'acme/web', 20)],
    ...spec,
    managed: [...managed, ...(beside ? [policyArn(ID, 'beside')] : [])],
    ...(limit && { boundary: BOUNDARY }),
  };
  const policies = {
    ...(limit && limit !== 'unread' && { boundary: limit }),
    ...(beside && { beside }),
  };
  const text = accountDetails({ id: ID, roles: [role], providers: [], policies });
  const [read] = readInventory([{ file: 'd.json', text, isFound: false }]).roles;
  if (!read) throw new Error('no role');
  return read;
}

function rulesOf({ scps = [] }: Given) {
  return organizationRules(
    scps.map((statements): OrganizationPolicy => ({
      kind: 'service-control',
      document: document(statements),
      place: { file: 'scp.json', path: '' },
    })),
  );
}

const ESTATE = estateOf((issuer) => issuer === 'gitlab.com');

/** What lint says of the policies of a role. */
function found(given: Given, name?: string): string[] {
  const role = roleOf(given, name);
  const facts = { estate: ESTATE, organization: rulesOf(given) };
  return lint(role.trust, lintContextOf(role, facts)).findings.map(
    ({ id, path, message }) => `${id} ${path}: ${message}`,
  );
}

const ids = (given: Given) => found(given).map((one) => one.slice(0, 'OIDC108'.length));

const PASS = allow('iam:PassRole');
const ASSUME = allow('sts:AssumeRole');
const WRITE = allow('iam:PutRolePolicy');
const LAMBDA = allow('lambda:CreateFunction');
const EVERYTHING = allow('*');
const NO_IAM = { Effect: 'Allow', NotAction: ['iam:*', 'sts:AssumeRole'], Resource: '*' };

describe('a power that something takes away is not reported', () => {
  test.each<[string, readonly object[], string]>([
    ['writing policies', [WRITE], 'OIDC108'],
    ['passing every role', [PASS], 'OIDC112'],
    ['assuming every role', [ASSUME], 'OIDC113'],
    ['running code as every role', [PASS, LAMBDA], 'OIDC114'],
  ])('%s', (_, permissions, id) => {
    expect(ids({ permissions })).toEqual([id]);
    expect(ids({ permissions, limit: [NO_IAM] })).toEqual([]);
    expect(ids({ permissions, limit: [EVERYTHING] })).toEqual([id]);
    const denied = deny(['iam:*', 'sts:AssumeRole']);
    expect(ids({ permissions, beside: [denied] })).toEqual([]);
    expect(ids({ permissions, limit: [EVERYTHING, denied] })).toEqual([]);
    expect(ids({ permissions, scps: [[EVERYTHING, denied]] })).toEqual([]);
    expect(ids({ permissions, scps: [[EVERYTHING]] })).toEqual([id]);
  });

  test.each<[string, string, string]>([
    ['an administrator', ADMINISTRATOR, 'OIDC108'],
    ['a managed policy that runs code', POWER_USER, 'OIDC114'],
    ['a managed policy whose document is not known', SYSTEM_ADMINISTRATOR, 'OIDC114'],
  ])('%s', (_, arn, id) => {
    expect(ids({ managed: [arn] })).toEqual([id]);
    expect(ids({ managed: [arn], limit: [allow('s3:*')] })).toEqual([]);
    expect(ids({ managed: [arn], scps: [[allow('s3:*')]] })).toEqual([]);
  });

  test('what a boundary leaves of an administrator is reported as what it is', () => {
    expect(found({ managed: [ADMINISTRATOR], limit: [PASS] })).toEqual([
      'OIDC112 attachedPolicies[0]: AdministratorAccess allows iam:PassRole on every role',
    ]);
  });

  test('a boundary that names roles leaves no power over every role', () => {
    const some = allow('iam:PassRole', `arn:aws:iam::${ID}:role/task-*`);
    expect(ids({ permissions: [PASS], limit: [some, allow('lambda:*')] })).toEqual([]);
  });
});

describe('a policy that makes the role an administrator', () => {
  const only = ['OIDC108 attachedPolicies[0]: inline makes the role an administrator'];

  test('is one finding, and what else it allows is part of it', () => {
    expect(found({ permissions: [EVERYTHING] })).toEqual(only);
    expect(found({ permissions: [EVERYTHING, PASS, LAMBDA, ASSUME] })).toEqual(only);
    expect(found({ permissions: [EVERYTHING, deny('s3:*')], limit: [EVERYTHING] })).toEqual(only);
  });

  test('leaves the findings of the other policies of the role', () => {
    expect(ids({ permissions: [EVERYTHING], beside: [ASSUME] })).toEqual(['OIDC108', 'OIDC113']);
  });

  test('is not one where something is taken away that an administrator may do', () => {
    expect(ids({ permissions: [EVERYTHING], limit: [PASS, LAMBDA] })).toEqual(['OIDC114']);
    expect(ids({ permissions: [EVERYTHING, deny('iam:*')] })).toEqual(['OIDC113']);
  });

  test('under a condition says so, and hides nothing that it allows without one', () => {
    const under = { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };
    const office = allow('*', '*', under);
    expect(found({ permissions: [office] })).toEqual(
      only.map((one) => `${one}, under a condition`),
    );
    expect(ids({ permissions: [office, ASSUME] })).toEqual(['OIDC108', 'OIDC113', 'OIDC114']);
  });
});

test('a path is found where its actions are in two policies, at the one that passes the role', () => {
  expect(found({ permissions: [PASS], beside: [LAMBDA] })).toEqual([
    'OIDC114 attachedPolicies[1]: inline allows iam:PassRole with lambda:CreateFunction',
  ]);
});

test('where the document of the boundary is not in the input, the finding says so', () => {
  const doubt = `; the permissions boundary ${BOUNDARY} could not be read: its document is not in the input`;
  expect(found({ permissions: [PASS], limit: 'unread' })).toEqual([
    `OIDC112 attachedPolicies[0]: inline allows iam:PassRole on every role${doubt}`,
  ]);
  expect(found({ managed: [ADMINISTRATOR], limit: 'unread' })).toEqual([
    `OIDC108 attachedPolicies[0]: AdministratorAccess is attached${doubt}`,
  ]);
  const own = allow('iam:PutRolePolicy', `arn:aws:iam::${ID}:role/r`);
  expect(found({ permissions: [own], limit: 'unread' })).toEqual([
    `OIDC108 attachedPolicies[0]: inline allows iam:PutRolePolicy on the role itself${doubt}`,
  ]);
});

test('where only some of the SCPs allow it, the finding says what decides', () => {
  expect(found({ permissions: [ASSUME], scps: [[EVERYTHING], [allow('s3:*')]] })).toEqual([
    'OIDC113 attachedPolicies[0]: inline allows sts:AssumeRole on every role; whether an SCP denies it cannot be determined: where each is attached is not in the input',
  ]);
});

test('lifting a boundary is a power of a role that has one', () => {
  const permissions = [allow('iam:DeleteRolePermissionsBoundary')];
  expect(ids({ permissions })).toEqual([]);
  expect(ids({ permissions, limit: [EVERYTHING] })).toEqual(['OIDC108']);
});

test('roles of one shape keep their own boundaries, in either order', () => {
  const bounded: Given = { permissions: [PASS], limit: [NO_IAM] };
  const free: Given = { permissions: [PASS] };
  for (const [one, other] of [
    [bounded, free],
    [free, bounded],
  ] as const) {
    const facts = { estate: estateOf(() => true), organization: rulesOf({}) };
    const [first, second] = [one, other].map((given) => {
      const role = roleOf(given);
      return lint(role.trust, lintContextOf(role, facts)).findings.length;
    });
    expect([first, second]).toEqual(one === free ? [1, 0] : [0, 1]);
  }
});

const statement = fc
  .record({
    effect: fc.constantFrom(allow, allow, allow, deny),
    action: fc.constantFrom('iam:PassRole', 'sts:AssumeRole', 'iam:PutRolePolicy', 'iam:*', 'lambda:*', 'lambda:CreateFunction', 'ec2:RunInstances', '*', 's3:*'), // prettier-ignore
    resource: fc.constantFrom('*', '*', `arn:aws:iam::${ID}:role/*`, `arn:aws:iam::${ID}:role/r`, 'arn:aws:iam::*:role/task-*', 'arn:aws:iam::222222222222:role/*'), // prettier-ignore
    condition: fc.constantFrom(
      undefined,
      undefined,
      { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
      { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
    ),
  })
  .map(({ effect, action, resource, condition }) => effect(action, resource, condition));
const statements = fc.array(statement, { minLength: 1, maxLength: 3 });
const given: fc.Arbitrary<Given> = fc
  .record({
    permissions: statements,
    beside: fc.option(statements, { nil: undefined }),
    limit: fc.option(fc.oneof(statements, fc.constant('unread' as const)), { nil: undefined }),
    scps: fc.array(statements, { maxLength: 2 }),
  })
  .map(
    (fields) =>
      Object.fromEntries(
        Object.entries(fields).filter(([, value]) => value !== undefined),
      ) as Given,
  );

/** Whether audit's computation finds an action allowed on every resource of its type. */
function isOnEvery(policies: Policies, action: string, service?: string): boolean {
  const known = service ? knowing(policies.known, { 'iam:PassedToService': service }) : undefined;
  return reachOf(policies, action, known).some(({ scope }) => scope === 'every');
}

test('lint and audit agree on what a role may do, whatever limits it', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(given, (one) => {
      const role = roleOf(one);
      const policies = policiesOf(role, rulesOf(one));
      const open = new Set(openPaths(role, policies).map(({ path }) => path.id));
      const runs = PATHS.some(
        ({ id, needs, service }) =>
          needs.length > 1 && open.has(id) && isOnEvery(policies, 'iam:PassRole', service),
      );
      const reported = new Set(ids(one));
      for (const id of reported) seen.add(id);
      const isAdministrator = (role.policies ?? []).some(
        (_, at) => administratorValue(allowedByOne(policies, at)) !== NO,
      );
      if (isAdministrator) {
        // Whatever else its policy allows is part of that.
        expect(reported).toContain('OIDC108');
        return;
      }
      expect(reported.has('OIDC114')).toBe(runs);
      if (!runs) expect(reported.has('OIDC112')).toBe(isOnEvery(policies, 'iam:PassRole'));
      // Audit counts roles of all accounts: those of one account are every role of it to lint.
      if (isOnEvery({ ...policies, account: '*' }, 'sts:AssumeRole'))
        expect(reported).toContain('OIDC113');
      if (reported.has('OIDC113')) expect(reachOf({ ...policies, account: '*' }, 'sts:AssumeRole')).not.toEqual([]); // prettier-ignore
      const writes = openPaths(role, policies).some(
        ({ path, leads }) => path.kind === 'permissions' && leads > 0,
      );
      if (writes) expect(reported).toContain('OIDC108');
    }),
    { numRuns: 300 },
  );
  expect([...seen].sort()).toEqual(['OIDC108', 'OIDC112', 'OIDC113', 'OIDC114']);
});
