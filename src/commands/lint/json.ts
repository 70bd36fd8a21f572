import type { Place } from '../../access/role-context.ts';
import { jsonText } from '../../text/json-text.ts';
import type { LintedFinding, LintResult } from './result.ts';

/** The report as docs/json.md describes it. */
export function json({ ok, roles, fixed, expired, unused, unreadable }: LintResult): string {
  const policies = roles.map(({ name, accounts, place, grade, judged, reasons, findings }) => ({
    name,
    accounts,
    place: placeView(place),
    grade,
    judged,
    reasons: [...new Set(reasons)],
    findings: findings.map((finding) => findingView(finding, accounts)),
  }));
  const items = unreadable.map(({ place, what, fix }) => ({ place: placeView(place), what, fix }));
  const report = { ok, policies, fixed, suppressions: { expired, unused }, unreadable: items };
  return `${jsonText(report)}\n`;
}

function findingView(finding: LintedFinding, ofRole: readonly string[]) {
  const {
    id,
    name,
    accounts = ofRole,
    severity,
    harm,
    path,
    message,
    fix,
    status,
    witness,
    place,
  } = finding;
  return {
    id,
    name,
    accounts,
    severity,
    harm,
    path,
    message,
    fix,
    status,
    ...(place && { place: placeView(place) }),
    ...(finding.status === 'suppressed' && { reason: finding.reason, expires: finding.expires }),
    ...(witness && { witness: { claims: witness.claims, request: witness.request } }),
  };
}

function placeView({ file, path, line }: Place) {
  return { file, path, line };
}
