import type { AuditReport } from '../../audit/report.ts';
import { jsonLines } from '../../text/json-pieces.ts';
import { qualityIssues } from '../code-quality.ts';

export function codeQuality({ findings, unreadable }: AuditReport): Iterable<string> {
  return jsonLines(qualityIssues(findings, unreadable));
}
