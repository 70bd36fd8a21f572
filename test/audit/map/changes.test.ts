import { expect, test } from '@jest/globals';
import { dataOf } from '../../../src/audit/map/data-of.ts';
import {
  auditFinding,
  auditReport,
  chainPath,
  grantEdge,
  roleNode,
  sourceNode,
} from '../../support/builders/audit-reports.ts';

const web = sourceNode('acme/web');
const old = sourceNode('acme/old');
const deploy = roleNode('deploy', { risk: 4 });
const gone = roleNode('gone');
const fresh = roleNode('fresh');

const then = auditReport({
  date: '2027-01-01',
  sources: [web, old],
  roles: [{ ...deploy, risk: 2 }, gone],
  grants: [grantEdge(web, deploy), grantEdge(old, gone)],
  chains: [chainPath(deploy, gone)],
  findings: [auditFinding(deploy, { message: 'not used for 90 days' }), auditFinding(gone)],
});
const now = auditReport({
  sources: [web],
  roles: [deploy, fresh],
  grants: [grantEdge(web, deploy), grantEdge(web, fresh)],
  findings: [auditFinding(deploy, { message: 'not used for 120 days' }), auditFinding(fresh)],
});
const data = dataOf(now, then);

test('what is in both audits has no mark', () => {
  expect(data.sources.find(({ text }) => text === 'acme/web')).not.toHaveProperty('change');
  expect(data.findings.find(({ on }) => on.endsWith('/deploy'))).not.toHaveProperty('change');
});

test('what is new is added, and what is gone is removed', () => {
  const marks = (list: readonly { readonly change?: string }[]) =>
    list.flatMap(({ change }) => change ?? []);
  expect(marks(data.sources)).toEqual(['removed']);
  expect(marks(data.roles)).toEqual(['added', 'removed']);
  expect(marks(data.grants)).toEqual(['added', 'removed']);
  expect(marks(data.chains)).toEqual(['removed']);
  expect(marks(data.findings)).toEqual(['added', 'removed']);
});

test('a role whose risk changed says what it was', () => {
  expect(data.roles.find(({ name }) => name === 'deploy')?.riskBefore).toBe(2);
  expect(data.roles.find(({ name }) => name === 'fresh')).not.toHaveProperty('riskBefore');
});

test('a report without an earlier one has no mark at all', () => {
  expect(JSON.stringify(dataOf(now))).not.toContain('change');
  expect(dataOf(now)).not.toHaveProperty('earlier');
});
