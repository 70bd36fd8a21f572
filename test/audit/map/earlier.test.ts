import { expect, test } from '@jest/globals';
import { changesOf } from '../../../src/audit/map/changes.ts';
import { readEarlierReport } from '../../../src/audit/map/earlier.ts';
import { runAudit } from '../../../src/commands/audit/audit.ts';
import { jsonText } from '../../../src/text/json-text.ts';
import { ProblemError } from '../../../src/text/problem.ts';
import { auditReport, largeReport } from '../../support/builders/audit-reports.ts';

const report = largeReport(20, 5);
const read = (content: unknown) =>
  readEarlierReport(content, (path) => ['earlier.json', ...path].join(' '));

test('a report is read as it was written: compared with itself, nothing has changed', () => {
  const earlier = read(JSON.parse(jsonText(report)));
  const { sources, roles, grants, chains, findings } = changesOf(report, earlier);
  const all = [...sources, ...roles, ...grants, ...chains, ...findings];
  expect(all).toHaveLength(5 + 20 + 60 + 2 + 40);
  expect(all.filter(({ change }) => change !== undefined)).toEqual([]);
});

const [role] = report.roles;
test.each([
  ['no object', 'text'],
  ['another version', { ...auditReport(), version: 2 }],
  ['no date', { ...auditReport(), date: 'yesterday' }],
  ['a role without a name', { ...auditReport(), roles: [{ ...role, name: undefined }] }],
  ['a risk that is not a whole number', { ...auditReport(), roles: [{ ...role, risk: 1.5 }] }],
  ['a power that does not exist', { ...auditReport(), roles: [{ ...role, power: 5 }] }],
])('a file with %s is rejected, with where and what to do', (_, content) => {
  expect(() => read(content)).toThrow(ProblemError);
});

test('a comparison is for the access map, and another format says so', async () => {
  const options = {
    inputs: ['dumps'],
    live: false,
    organization: undefined,
    fresh: false,
    format: 'text',
    compare: 'earlier.json',
    role: undefined,
    project: undefined,
    unusedDays: '90',
    failOn: undefined,
    settings: undefined,
    baseline: undefined,
    writeBaseline: undefined,
    issuers: [],
    today: '2027-01-31',
  };
  await expect(runAudit(options)).rejects.toThrow('--compare');
});
