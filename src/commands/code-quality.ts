import { createHash } from 'node:crypto';
import type { UnreadableItem } from '../access/role-context.ts';
import type { Severity } from '../lint/rule.ts';

const QUALITY = { error: 'critical', warning: 'minor', undetermined: 'major' } as const;

/** A finding as GitLab's report has it. */
export interface QualityFinding {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  /** What it is about: a role, or a provider. */
  readonly on: string;
  /** The accounts in words, where it holds for several. They do not identify the finding. */
  readonly within?: string;
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  readonly status: string;
  readonly place: { readonly file: string; readonly line?: number | undefined };
}

interface QualityIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/**
 * GitLab's Code Quality report. It has no field for a finding that somebody accepted, so it holds the others alone.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function qualityIssues(
  findings: readonly QualityFinding[],
  unreadable: readonly Pick<UnreadableItem, 'place' | 'what' | 'fix'>[],
): readonly QualityIssue[] {
  const issues = findings
    .filter(({ status }) => status === 'open')
    .map(({ id, name, severity, on, within = '', path, message, fix, place }) => ({
      description: `${on}${within}: ${message}. ${fix}`,
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
  return [...issues, ...unread];
}

function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
