import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { accessOf } from '../../src/access/access-of.ts';
import { readInventory } from '../../src/aws/inputs/read-inputs.ts';
import { roleContextsOf } from '../../src/blueprint/policies.ts';
import { providerArn } from '../../src/iam/arn.ts';
import { issuerOfUrl } from '../../src/iam/condition-keys.ts';
import { parsePolicy } from '../../src/iam/evaluate/parse-policy.ts';
import type { TrustPolicy } from '../../src/iam/evaluate/policy.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { drawnBlueprint, someAnswers } from '../support/builders/answers-nearby.ts';
import { appRoles } from '../support/tools/app-roles.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(30);
const ACCOUNT = '123456789012';

function policyOf(text: unknown): TrustPolicy {
  const parsed = parsePolicy(JSON.parse(String(text)));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

/** Who may assume a role, whatever the order in which its source writes it. */
function accessTo({ version, statements }: TrustPolicy): unknown {
  const { grants, undetermined } = accessOf({ policy: { version, statements, size: 0 } });
  // Neither statements nor conditions have an order, and the numbers of the sources' statements may differ.
  const texts = grants.map((grant) => {
    const limits = grant.limits.map((limit) => JSON.stringify(limit)).sort();
    return JSON.stringify({ ...grant, limits, statement: undefined });
  });
  return { grants: texts.sort(), undetermined };
}

type Policies = ReadonlyMap<string, TrustPolicy>;

/** Holds the same roles to the same access. The analysis takes time, and has one result for what is written alike. */
function expectSameAccess(found: Policies, decided: Policies): void {
  expect([...found.keys()].sort()).toEqual([...decided.keys()].sort());
  for (const [name, policy] of found) {
    const other = decided.get(name);
    if (other && isDeepStrictEqual(written(policy), written(other))) continue;
    expect([name, accessTo(policy)]).toEqual([name, other && accessTo(other)]);
  }
}

/** What a policy says. HCL sorts its conditions, and the members of an object in JSON have no order. */
function written({ version, statements }: TrustPolicy): unknown {
  const sorted = statements.map(({ conditions, ...statement }) => ({
    ...statement,
    conditions: new Map(conditions.map((one) => [one.path, one])),
  }));
  return { version, statements: sorted };
}

test(`the answers, the HCL and the CDKTF app give the same access, ${RUNS} times`, () => {
  let roles = 0;
  fc.assert(
    fc.property(someAnswers(), (answers) => {
      const blueprint = drawnBlueprint(answers);
      const files = renderGenerated(blueprint);
      const hcl = [...files].filter(([path]) => path.endsWith('.tf'));
      const inventory = readInventory(hcl.map(([file, text]) => ({ file, text, isFound: true })));
      const app = appRoles(files, (url) => providerArn('aws', ACCOUNT, issuerOfUrl(url)));
      expect(inventory.unreadable).toEqual([]);

      const decided = new Map(roleContextsOf(blueprint).map((one) => [one.key.name, one.trust]));
      roles += decided.size;
      const inHcl = inventory.roles.map(({ key, trust }) => [key.name, inAccount(trust)] as const);
      expectSameAccess(new Map(inHcl), decided);
      const inApp = app.map(({ name, trust }) => [String(name), policyOf(trust)] as const);
      expectSameAccess(new Map(inApp), decided);
    }),
    { numRuns: RUNS },
  );
  expect(roles).toBeGreaterThanOrEqual(RUNS);
  if (process.env['RUNS']) console.log({ roles });
}, 3_600_000);

/** HCL does not name the account of the provider that it creates; the provider's ARN is the only place of one. */
function inAccount(policy: TrustPolicy): TrustPolicy {
  const statements = policy.statements.map(({ principal, ...statement }) => ({
    ...statement,
    principal: {
      ...principal,
      entries: principal.entries.map((one) => ({
        ...one,
        value: one.value.replace(/:iam::\d*:/, `:iam::${ACCOUNT}:`),
      })),
    },
  }));
  return { ...policy, statements };
}
