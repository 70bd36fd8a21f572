import { describe, expect, test } from '@jest/globals';
import { decisionOf } from '../../support/tools/simulated-call.ts';
import { readsIn, writesIn, type Row } from './needs.ts';
import { NAMES, organizationAnswers, pipelineOf } from './pipeline.ts';
import { waysIn } from './ways.ts';

const { applyRole, planRole, boundary, provider } = NAMES;
const { apply, plan } = pipelineOf(organizationAnswers());

/** Every way is denied, whatever boundary the other role has. */
const WAYS = waysIn(NAMES);
const READS = readsIn(NAMES);
const WRITES = writesIn(NAMES);

const decide = (principal: string, policy: unknown, [, action, resource, context]: Row) =>
  decisionOf({
    principal,
    action,
    resource,
    identity: [policy],
    ...(context ? { context } : {}),
  });

describe('the apply role cannot widen itself', () => {
  test('there are at least 40 ways', () => {
    expect(new Set(WAYS.map(([what]) => what)).size).toBe(WAYS.length);
    expect(WAYS.length).toBeGreaterThanOrEqual(40);
  });

  test.each(WAYS)('denied: it %s', async (...way) => {
    expect(await decide(applyRole, apply.policy, way)).not.toBe('Allowed');
  });

  test('a denial remains where somebody attaches AdministratorAccess to it by mistake', async () => {
    const admin = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    };
    for (const way of WAYS.filter(([, , on]) =>
      [applyRole, planRole, boundary, provider].some((own) => own === on),
    )) {
      const [, action, resource, context = {}] = way;
      const decision = await decisionOf({
        principal: applyRole,
        action,
        resource,
        context,
        identity: [apply.policy, admin],
      });
      expect([way[0], decision]).toEqual([way[0], 'ExplicitlyDenied']);
    }
  });
});

describe('what the pipeline needs is allowed', () => {
  test.each([...READS, ...WRITES])('the apply role %s', async (...need) => {
    expect(await decide(applyRole, apply.policy, need)).toBe('Allowed');
  });

  test.each(READS)('the plan role %s', async (...need) => {
    expect(await decide(planRole, plan.policy, need)).toBe('Allowed');
  });

  test.each([...WRITES.filter(([, action]) => !action.startsWith('iam:List')), ...WAYS])(
    'the plan role never: it %s',
    async (...row) => {
      expect(await decide(planRole, plan.policy, row)).not.toBe('Allowed');
    },
  );
});
