import type { CheckResult } from '../../doctor/diagnose.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { jsonText } from '../../text/json-text.ts';
import type { Report } from './report.ts';

/** The diagnosis as docs/json.md describes it. */
export function json({ assumed, causes, checks, settings }: Report): string {
  const result = {
    ok: true,
    healthy: causes.length === 0,
    assumed,
    causes: causes.map(checkView),
    checks: checks.map(checkView),
    settings: settings.map(({ why, command }) => ({ why, command })),
  };
  return `${jsonText(result)}\n`;
}

function checkView(result: CheckResult) {
  const { id, check, status } = result;
  switch (result.status) {
    case 'ok':
      return { id, check, status, text: result.text };
    case 'failed':
      return { id, check, status, cause: result.cause, fixes: result.fixes.map(fixView) };
    case 'unknown':
      return { id, check, status, why: result.why };
  }
}

function fixView({ place, text, change }: Fix) {
  return { place, text, ...(change !== undefined && { change }) };
}
