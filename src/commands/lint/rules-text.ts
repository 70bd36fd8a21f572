import { RULES } from '../../lint/rules.ts';
import { fitted } from '../../terminal/output.ts';

/** What each rule finds, why, and what to do about it, for a person. */
export function rulesText(): string {
  return RULES.map(({ id, name, severity, harm, summary, why, example, fix }) =>
    fitted(`${id} ${name} (${severity}, ${harm})
    what     ${summary}
    why      ${why}
    example  ${example}
    fix      ${fix}
`),
  ).join('\n');
}
