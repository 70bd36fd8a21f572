import { jsonText } from '../../text/json-text.ts';
import { qualityIssues } from '../code-quality.ts';
import { accountsOfAll, inAccounts } from './in-accounts.ts';
import type { LintResult } from './result.ts';

export function codeQuality({ roles, unreadable }: LintResult): string {
  const all = accountsOfAll(roles);
  const findings = roles.flatMap(({ name, labels, place, findings: own }) =>
    own.map((finding) => ({
      place,
      ...finding,
      on: name,
      within: inAccounts(finding.labels ?? labels, all),
    })),
  );
  return `${jsonText(qualityIssues(findings, unreadable))}\n`;
}
