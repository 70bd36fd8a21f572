import { createHash } from 'node:crypto';
import type { AuditReport } from '../../audit/report.ts';
import { jsonText } from '../../text/json-text.ts';

const QUALITY = { error: 'critical', warning: 'minor', undetermined: 'major' } as const;

/**
 * GitLab's Code Quality report. It has no field for a finding that somebody accepted, so it holds the others alone.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function codeQuality({ findings, unreadable }: AuditReport): string {
  const issues = findings
    .filter(({ status }) => status === 'open')
    .map(({ id, name, severity, on, path, message, fix, place }) => ({
      description: `${on}: ${message}. ${fix}`,
      check_name: `${id} ${name}`,
      fingerprint: fingerprint([place.file, on, id, path]),
      severity: QUALITY[severity],
      location: { path: place.file, lines: { begin: place.line ?? 1 } },
    }));
  const unread = unreadable.map(({ place, what, fix }) => ({
    description: `${what}. ${fix}`,
    check_name: 'unreadable',
    fingerprint: fingerprint([place.file, place.path, what]),
    severity: 'critical',
    location: { path: place.file, lines: { begin: place.line ?? 1 } },
  }));
  return `${jsonText([...issues, ...unread])}\n`;
}

function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
