import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { audit } from '../../src/audit/audit.ts';
import { readEstate } from '../../src/audit/estate/read-estate.ts';
import type { AuditReport } from '../../src/audit/report.ts';
import { reportOf } from '../../src/audit/report-of.ts';
import { NO_SETTINGS } from '../../src/lint/gate/settings.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';
import { TODAY } from './estate/dump.ts';
import { ACCOUNTS, writeDumps } from './estate/estate.ts';

const scratch = scratchFolders();

interface Planted {
  readonly on: string;
  readonly rule: string;
  readonly fault: string;
}

const PLANTED = JSON.parse(readFileSync('test/audit/planted.json', 'utf8')) as readonly Planted[];

let report: AuditReport;

let estateFolder: string;

async function reportFor(folder: string): Promise<AuditReport> {
  const estate = await readEstate([folder], []);
  const gate = { settings: NO_SETTINGS, baseline: undefined, today: TODAY };
  return reportOf(audit(estate, gate, { today: TODAY, unusedDays: 90 }), true);
}

beforeAll(async () => {
  estateFolder = scratch();
  writeDumps(estateFolder);
  report = await reportFor(estateFolder);
});

const found = () =>
  report.findings.filter(({ id }) => id.startsWith('AUD')).map(({ on, id }) => `${on} ${id}`);

test('the estate is three accounts with 200 roles, at least 40 of which trust a GitLab', () => {
  expect(ACCOUNTS).toHaveLength(3);
  expect(report.totals).toMatchObject({ accounts: 3, roles: 200 });
  expect(report.totals.gitlabRoles).toBeGreaterThanOrEqual(40);
  expect(report.unreadable).toEqual([]);
});

test('30 faults are planted', () => {
  expect(new Set(PLANTED.map(({ on, rule }) => `${on} ${rule}`)).size).toBe(30);
});

test.each(PLANTED)('$rule on $on is found: $fault', ({ on, rule }) => {
  expect(found()).toContain(`${on} ${rule}`);
});

test('nothing else is found', () => {
  const planted = new Set(PLANTED.map(({ on, rule }) => `${on} ${rule}`));
  expect(found().filter((one) => !planted.has(one))).toEqual([]);
});

test.each(['aws-us-gov', 'aws-cn'])(
  'in the partition %s everything is the same',
  async (partition) => {
    const folder = scratch();
    writeDumps(folder);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const path = join(file.parentPath, file.name);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('arn:aws:', `arn:${partition}:`));
    }
    const there = await reportFor(folder);
    const asIn = (one: AuditReport) =>
      JSON.stringify({ ...one, inputs: [] }).replaceAll(
        new RegExp(`arn:${partition}:`, 'g'),
        'arn:aws:',
      );
    const place = (text: string, of: string) => text.replaceAll(of, 'dumps');
    expect(place(asIn(there), folder)).toBe(place(asIn(report), estateFolder));
    expect(JSON.stringify(there)).not.toContain('arn:aws:');
  },
);

test('lint finds no error in a role without a planted fault', () => {
  const faulty = new Set(PLANTED.map(({ on }) => on));
  const errors = report.findings.filter(
    ({ on, severity }) => severity === 'error' && !faulty.has(on),
  );
  expect(errors).toEqual([]);
});
