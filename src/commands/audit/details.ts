import type { AuditFinding, AuditReport, GrantEdge, RoleNode } from '../../audit/report.ts';
import { styled } from '../../terminal/output.ts';
import { visible } from '../../text/unprintable.ts';
import type { AuditQuestion } from './question.ts';
import { findingText, riskText } from './text.ts';

/** What the report holds of one role or one project. */
export function detailsText(report: AuditReport, question: AuditQuestion): string {
  return question.kind === 'role'
    ? roleText(report, question.role)
    : projectText(
        report,
        question.name,
        question.sources.map(({ id }) => id),
      );
}

/** Who can reach a role, and what it may do. */
function roleText(report: AuditReport, role: RoleNode): string {
  const direct = report.grants.filter((one) => one.role === role.id);
  const leading = report.chains.filter(({ roles }) => roles.at(-1) === role.id);
  const onward = report.chains.filter(({ roles }) => roles[0] === role.id);
  const through = leading.flatMap((chain) => {
    const grants = report.grants.filter((one) => one.role === chain.roles[0]);
    return grants.map((grant) => `${grantText(grant)}, by ${visible(chain.text)}`);
  });
  return [
    heading(role),
    section(
      'Who can reach it',
      [...direct.map(grantText), ...through],
      'nobody with a GitLab token',
    ),
    ...(role.denied ? [section('What RCPs deny', role.denied.map(visible), '')] : []),
    section(
      'What it may do',
      role.powers.map(({ text, actions, resources }) =>
        visible(`${text}: ${actions.join(', ')} on ${resources.join(', ')}`),
      ),
      'nothing that is looked for',
    ),
    section(
      'Roles that it can become',
      onward.map(({ text }) => visible(text)),
      'none',
    ),
    ...(role.undetermined.length > 0
      ? [section('What cannot be determined', role.undetermined.map(visible), '')]
      : []),
    findingsText(report.findings.filter(({ on }) => on === role.id)),
  ].join('\n');
}

/** What a project can reach: the roles it may assume, and those that they can become. */
function projectText(report: AuditReport, name: string, sources: readonly string[]): string {
  const grants = report.grants.filter(({ source }) => sources.includes(source));
  const direct = new Set(grants.map(({ role }) => role));
  const roles = report.roles.filter(({ id }) => direct.has(id));
  const blocks = roles.map((role) => {
    const own = grants.filter((one) => one.role === role.id);
    const onward = report.chains.filter((one) => one.roles[0] === role.id);
    return [
      heading(role),
      section('From', own.map(grantText), ''),
      section(
        'What it may do',
        role.powers.map(({ text }) => visible(text)),
        'nothing that is looked for',
      ),
      ...(onward.length > 0
        ? [
            section(
              'Roles that it can become',
              onward.map(({ text }) => visible(text)),
              '',
            ),
          ]
        : []),
    ].join('\n');
  });
  const byId = report.sources.filter(
    ({ path, ids }) => path === undefined && ids.length > 0,
  ).length;
  const note =
    byId > 0 && !/^\d+$/.test(name)
      ? `\n${byId} ${byId === 1 ? 'project is' : 'projects are'} trusted by ID alone. To include one, give its ID: --project 20\n`
      : '';
  const none = `${visible(name)} can reach no role of the input.\n`;
  return `${blocks.length > 0 ? blocks.join('\n') : none}${note}`;
}

function heading(role: RoleNode): string {
  return `${styled('stdout', 'bold', visible(role.id))}: ${riskText(role)}`;
}

function section(title: string, lines: readonly string[], none: string): string {
  const shown = lines.length > 0 ? lines : [none];
  return `  ${title}\n${shown.map((line) => `    ${line}\n`).join('')}`;
}

function grantText({ text, certainty }: GrantEdge): string {
  return `${visible(text)}${certainty === 'allowed' ? '' : `, ${certainty}`}`;
}

function findingsText(findings: readonly AuditFinding[]): string {
  return findings.map(findingText).join('');
}
