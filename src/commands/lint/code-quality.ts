import { qualityReport } from '../code-quality.ts';
import { inAccounts } from './in-accounts.ts';
import type { LintResult } from './result.ts';

export function codeQuality({ roles, unreadable }: LintResult): string {
  const findings = roles.flatMap(({ name, labels, place, findings: own }) =>
    own.map((finding) => ({
      ...finding,
      on: name,
      within: inAccounts(finding.labels ?? labels),
      place,
    })),
  );
  return qualityReport(findings, unreadable);
}
