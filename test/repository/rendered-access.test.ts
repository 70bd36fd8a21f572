import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessOf } from '../../src/access/access-of.ts';
import { readInventory } from '../../src/aws/inputs/read-inputs.ts';
import { roleContextsOf } from '../../src/blueprint/policies.ts';
import { providerArn } from '../../src/iam/arn.ts';
import { issuerOfUrl } from '../../src/iam/condition-keys.ts';
import { parsePolicy } from '../../src/iam/evaluate/parse-policy.ts';
import type { TrustPolicy } from '../../src/iam/evaluate/policy.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { drawnBlueprint, nearbyAnswers } from '../support/builders/answers-nearby.ts';
import { appRoles } from '../support/tools/app-roles.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(30);
const ACCOUNT = '123456789012';

function policyOf(text: unknown): TrustPolicy {
  const parsed = parsePolicy(JSON.parse(String(text)));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

/** By the policy's statements: what three sources write alike is analyzed once. */
const known = new Map<string, unknown>();
const MOST_KNOWN = 1000;

function accessTo({ version, statements }: TrustPolicy): unknown {
  const key = JSON.stringify([version, statements]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const { grants, undetermined } = accessOf({ policy: { version, statements, size: 0 } });
  // Neither statements nor conditions have an order, and the numbers of the sources' statements may differ.
  const texts = grants.map((grant) => {
    const limits = grant.limits.map((limit) => JSON.stringify(limit)).sort();
    return JSON.stringify({ ...grant, limits, statement: undefined });
  });
  const access = { grants: texts.sort(), undetermined };
  if (known.size > MOST_KNOWN) known.clear();
  known.set(key, access);
  return access;
}

/** Who may assume each role, by its name. */
function accessByRole(roles: readonly (readonly [string, TrustPolicy])[]) {
  return new Map(roles.map(([name, policy]) => [name, accessTo(policy)]));
}

test(`the answers, the HCL and the CDKTF app give the same access, ${RUNS} times`, () => {
  let roles = 0;
  fc.assert(
    fc.property(nearbyAnswers(), ([answers]) => {
      const blueprint = drawnBlueprint(answers);
      const files = renderGenerated(blueprint);
      const hcl = [...files].filter(([path]) => path.endsWith('.tf'));
      const inventory = readInventory(hcl.map(([file, text]) => ({ file, text, isFound: true })));
      const app = appRoles(files, (url) => providerArn('aws', ACCOUNT, issuerOfUrl(url)));
      expect(inventory.unreadable).toEqual([]);

      const decided = accessByRole(
        roleContextsOf(blueprint).map((one) => [one.key.name, one.trust]),
      );
      roles += decided.size;
      const inHcl = inventory.roles.map(({ key, trust }) => [key.name, inAccount(trust)] as const);
      expect(accessByRole(inHcl)).toEqual(decided);
      const inApp = app.map(({ name, trust }) => [String(name), policyOf(trust)] as const);
      expect(accessByRole(inApp)).toEqual(decided);
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
