import type { AuditReport } from '../../audit/report.ts';
import { qualityReport } from '../code-quality.ts';

export function codeQuality({ findings, unreadable }: AuditReport): string {
  return qualityReport(findings, unreadable);
}
