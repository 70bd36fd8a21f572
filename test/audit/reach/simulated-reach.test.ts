import { runSimulation } from '@cloud-copilot/iam-simulate';
import { expect, test } from '@jest/globals';
import type { RoleContext } from '../../../src/access/role-context.ts';
import { CAPABILITIES } from '../../../src/audit/reach/capabilities.ts';
import { openPaths } from '../../../src/access/reach/escalations.ts';
import {
  forAction,
  decide,
  knowing,
  type Policies,
  policiesOf,
} from '../../../src/access/reach/policies.ts';
import { organizationRules } from '../../../src/access/reach/organization.ts';
import { reachOf } from '../../../src/access/reach/reach.ts';
import { NO, YES } from '../../../src/access/reach/value.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';
import { PATHS } from '../../../src/iam/escalation/paths.ts';
import { accountDetails } from '../estate/dump.ts';
import { ACCOUNTS } from '../estate/estate.ts';

const ROLES = ACCOUNTS.flatMap(
  (account) =>
    readInventory([{ file: 'dump.json', text: accountDetails(account), isFound: false }]).roles,
);

const SCP = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: ['iam:CreateAccessKey', 'dynamodb:*'], Resource: '*' },
  ],
};

/** What `iam-simulate` decides of a role's own policies, its boundary and an SCP. */
async function simulated(
  role: RoleContext,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>>,
  scp?: object,
): Promise<boolean> {
  const { account } = role.key;
  const answer = await runSimulation(
    {
      request: {
        principal: role.arn ?? '',
        action,
        resource: { resource, accountId: account },
        contextVariables: { ...context },
      },
      identityPolicies: (role.policies ?? []).map(({ name = '', document }, at) => ({
        name: `${name}-${at}`,
        policy: document,
      })),
      serviceControlPolicies: scp
        ? [{ orgIdentifier: 'o', policies: [{ name: 'scp', policy: scp }] }]
        : [],
      resourceControlPolicies: [],
      ...(role.boundary && {
        permissionBoundaryPolicies: [{ name: 'boundary', policy: role.boundary.document }],
      }),
    },
    { simulationMode: 'Strict' },
  );
  if (answer.resultType === 'error') throw new Error(JSON.stringify([action, resource, answer]));
  return answer.overallResult === 'Allowed';
}

/** Actions of escalations, and one of each other kind of power. */
const ASKED = [
  ...new Set([
    ...PATHS.flatMap(({ needs }) => needs.map(({ action }) => action)),
    ...CAPABILITIES.flatMap(({ actions }) => actions.slice(0, 1)),
    's3:PutObject',
    's3:DeleteObject',
    'dynamodb:PutItem',
  ]),
  // Here the other role has a say, too: the chains are held to that.
].filter((action) => action !== 'sts:AssumeRole');

/** A resource of an action that no policy names, in the role's account. */
const FREE: Readonly<Record<string, string>> = {
  'iam:PassRole': 'role/free',
  'iam:PutRolePolicy': 'role/free',
  'iam:UpdateAssumeRolePolicy': 'role/free',
  'iam:AttachRolePolicy': 'role/free',
  'iam:CreatePolicyVersion': 'policy/free',
  'iam:CreateAccessKey': 'user/free',
};

async function disagreements(scp?: object): Promise<string[]> {
  const organization = organizationRules(
    scp ? [{ kind: 'service-control', document: scp, place: { file: 'scp.json', path: '' } }] : [],
  );
  const found: string[] = [];
  for (const role of ROLES) {
    const policies = policiesOf(role, organization);
    for (const action of ASKED) {
      for (const [resource, value] of questions(role, policies, action)) {
        const isAllowed = await simulated(role, action, resource, {}, scp);
        // Under a condition, both answers are right; only sure ones can be wrong.
        if ((value === YES && !isAllowed) || (value === NO && isAllowed))
          found.push(`${role.key.account}/${role.label} ${action} ${resource}: ${value}`);
      }
    }
  }
  return found;
}

/** Resources to ask about, with our answer: those found to be allowed, and one that nothing names. */
function questions(role: RoleContext, policies: Policies, action: string): [string, number][] {
  const reached = reachOf(policies, action).map(({ witness, value }): [string, number] => [
    witness,
    value,
  ]);
  const tail = FREE[action];
  if (tail === undefined) return reached;
  const free = `arn:aws:iam::${role.key.account}:${tail}`;
  return [...reached, [free, decide(forAction(policies, action), free, policies.known)]];
}

test('every role: what is sure agrees with iam-simulate', async () => {
  expect(ROLES).toHaveLength(200);
  expect(await disagreements()).toEqual([]);
}, 120_000);

test('every role under an SCP: what is sure agrees with iam-simulate', async () => {
  expect(await disagreements(SCP)).toEqual([]);
}, 120_000);

test('every role: a path of escalation is open exactly where iam-simulate allows each of its actions', async () => {
  const found: string[] = [];
  const organization = organizationRules([]);
  for (const role of ROLES) {
    const policies = policiesOf(role, organization);
    const open = openPaths(role, policies);
    for (const path of PATHS.filter(({ kind }) => kind !== 'assumes' && kind !== 'passes')) {
      const context: Record<string, string> =
        path.service === undefined ? {} : { 'iam:PassedToService': path.service };
      const answers = await Promise.all(
        path.needs.map(async ({ action }) => {
          const known = knowing(policies.known, context);
          const [best] = reachOf(policies, action, known);
          return best !== undefined && simulated(role, action, best.witness, context);
        }),
      );
      const ours = open.find((one) => one.path === path);
      const isOpen = ours?.value === YES;
      if (ours && ours.value !== YES) continue;
      if (isOpen !== answers.every(Boolean)) found.push(`${role.label} ${path.id}`);
    }
  }
  expect(found).toEqual([]);
}, 120_000);
