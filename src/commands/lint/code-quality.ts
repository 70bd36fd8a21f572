import { jsonText } from '../../text/json-text.ts';
import { qualityIssues } from '../code-quality.ts';
import { inAccounts } from './in-accounts.ts';
import type { LintResult } from './result.ts';

export function codeQuality({ roles, unreadable }: LintResult): string {
  const findings = roles.flatMap(({ name, place, findings: own }) =>
    own.map((finding) => ({ ...finding, on: name, within: inAccounts(finding.labels), place })),
  );
  return `${jsonText(qualityIssues(findings, unreadable))}\n`;
}
