import { RULES } from '../../lint/rules.ts';
import { formatNamed } from '../../terminal/format-named.ts';
import { jsonText } from '../../text/json-text.ts';
import { fitted } from '../../terminal/output.ts';

const FORMATS = { text: rulesText, json: rulesJson };

/** What each rule finds, why, and what to do about it. @throws {ProblemError} for a format there is not */
export function rulesReport(format: string): string {
  return formatNamed(FORMATS, format)();
}

/** As docs/json.md describes it. */
function rulesJson(): string {
  const rules = RULES.map(({ id, name, severity, harm, summary, why, example, fix }) => ({
    id,
    name,
    severity,
    harm,
    summary,
    why,
    example,
    fix,
  }));
  return `${jsonText({ ok: true, rules })}\n`;
}

function rulesText(): string {
  return RULES.map(({ id, name, severity, harm, summary, why, example, fix }) =>
    fitted(`${id} ${name} (${severity}, ${harm})
    what     ${summary}
    why      ${why}
    example  ${example}
    fix      ${fix}
`),
  ).join('\n');
}
