import type { AuditFinding, AuditReport } from '../../audit/report.ts';
import { code, markdown as plain } from '../../render/escape/markdown.ts';

/** Rows of a table that an issue can hold. */
const MOST_ROWS = 200;

/** A report to put into an issue. */
export function markdown(report: AuditReport): string {
  const { totals, date, findings, roles } = report;
  const open = findings.filter(({ status }) => status === 'open');
  const risky = roles.filter(({ trustsGitlab, risk }) => trustsGitlab && risk > 0);
  return `${[
    `# Access of GitLab pipelines to AWS, ${date}`,
    `${totals.gitlabRoles} of ${totals.roles} roles in ${totals.accounts} accounts trust a GitLab. Findings: ${totals.errors} errors, ${totals.warnings} warnings, ${totals.undetermined} undetermined.`,
    ...(open.length > 0
      ? [
          '## Findings',
          table(
            ['Severity', 'Rule', 'On', 'What', 'Fix'],
            open.map((one) => [
              one.severity,
              `${one.id} ${one.name}`,
              code(one.on),
              plain(one.message),
              plain(one.fix),
            ]),
          ),
        ]
      : ['No open finding.']),
    ...(risky.length > 0
      ? [
          '## Roles by risk',
          table(
            ['Risk', 'Role', 'May', 'From'],
            risky.map(({ id, risk, powers }) => [
              `${risk} of 16`,
              code(id),
              plain(
                powers
                  .slice(0, 3)
                  .map(({ text }) => text)
                  .join('; '),
              ),
              plain(
                report.grants
                  .filter(({ role }) => role === id)
                  .slice(0, 3)
                  .map(({ text }) => text)
                  .join('; '),
              ),
            ]),
          ),
        ]
      : []),
    ...notes(report, findings),
  ].join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const more = rows.length - MOST_ROWS;
  const lines = [line(head), line(head.map(() => '---')), ...rows.slice(0, MOST_ROWS).map(line)];
  return `${lines.join('\n')}${more > 0 ? `\n\nand ${more} more` : ''}`;
}

function notes(
  { undetermined, unreadable }: AuditReport,
  findings: readonly AuditFinding[],
): string[] {
  const accepted = findings.filter(({ status }) => status !== 'open');
  const items = [
    ...undetermined.map(
      ({ on, text }) => `- ${on === undefined ? '' : `${code(on, false)}: `}${plain(text)}`,
    ),
    ...unreadable.map(
      ({ place, what }) => `- ${code(place.file, false)} was not read: ${plain(what)}`,
    ),
    ...accepted.map(
      ({ id, on, status, reason }) =>
        `- ${id} of ${code(on, false)} is accepted (${status}${reason === undefined ? '' : `: ${plain(reason)}`})`,
    ),
  ];
  return items.length > 0 ? ['## Notes', items.join('\n')] : [];
}
