import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { AUDIT_RULES } from '../../src/audit/findings/index.ts';
import { AUDIT_RULE_NAMES } from '../../src/lint/gate/audit-rules.ts';
import { RULES } from '../../src/lint/rules.ts';

test('docs/audit.md lists every rule with its severity and summary, and no other', () => {
  const page = readFileSync('docs/audit.md', 'utf8');
  const rows = [...page.matchAll(/^\| (AUD\d{3}) +\| ([\w-]+) +\| (\w+) +\| (.+?) +\|$/gm)];
  expect(rows.map(([, ...cells]) => cells)).toEqual(
    AUDIT_RULES.map(({ id, name, severity, summary }) => [id, name, severity, summary]),
  );
});

test('settings and --fail-on know every rule by its id and its name', () => {
  expect(AUDIT_RULE_NAMES).toEqual(AUDIT_RULES.map(({ id, name }) => ({ id, name })));
});

test('no name is that of two rules', () => {
  const names = [...AUDIT_RULES, ...RULES].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
