import { expect, test } from '@jest/globals';
import { readRoleInputs } from '../../src/repository/policy-inputs.ts';
import { lint } from '../../src/lint/lint.ts';
import { lintContextOf } from '../../src/lint/lint-context.ts';
import { blueprintOfGolden, goldenFolder, GOLDENS } from '../support/builders/goldens.ts';

/** The warnings that belong to what a golden shows; none has an error. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'bootstrapped-accounts': ['OIDC103'],
  'cdk-terrain': [],
  'hcl-only': ['OIDC109'],
  'legacy-jwt': ['OIDC109'],
  'many-projects': ['OIDC102', 'OIDC110'],
  organization: [],
  'per-project-roles': [],
  'plan-and-apply': ['OIDC103', 'OIDC114'],
  'project-id-subject': [],
  quickstart: [],
  'self-managed': ['OIDC103', 'OIDC105', 'OIDC109'],
  'three-accounts': ['OIDC103'],
};

test.each(GOLDENS)('%s has just the warnings that belong to what it shows', async (name) => {
  const { inventory, facts } = await readRoleInputs([goldenFolder(name)]);
  const findings = inventory.roles.flatMap(
    (role) => lint(role.trust, lintContextOf(role, facts)).findings,
  );
  expect([...new Set(findings.map(({ id }) => id))].sort()).toEqual(EXPECTED[name]);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test.each(GOLDENS)('what %s warns of is fixed in its answers, not in a policy', (name) => {
  const warnings = blueprintOfGolden(name).notices.filter(({ text }) => /^OIDC\d/.test(text));
  expect([...new Set(warnings.map(({ text }) => text.slice(0, 7)))].sort()).toEqual(EXPECTED[name]);
  for (const { text } of warnings)
    expect(text).toMatch(/\. [^.]*\bin the answers\b|\bof the answers\b/i);
});
