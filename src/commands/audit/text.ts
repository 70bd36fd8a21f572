import type { AuditFinding, AuditReport, RoleNode } from '../../audit/report.ts';
import { placeText } from '../../access/place.ts';
import { styled } from '../../terminal/output.ts';
import { visible } from '../../text/unprintable.ts';
import { unreadableText } from '../unreadable.ts';

/** Roles of which the text report shows the findings: one screen. The other formats have all. */
const SHOWN = 8;
/** Findings of one role on that screen. */
const PER_ROLE = 2;

/** The report for a person: the highest risk first, on one screen. */
export function text(report: AuditReport): string {
  const open = report.findings.filter(({ status }) => status === 'open');
  const subjects = [...new Set(open.map(({ on }) => on))];
  const blocks = subjects.slice(0, SHOWN).map((on) => {
    const role = report.roles.find(({ id }) => id === on);
    const own = open.filter((one) => one.on === on);
    const lines = own.slice(0, PER_ROLE).map(lineOf);
    const more = own.length - PER_ROLE;
    const risk = role ? `: ${riskText(role)}` : '';
    return `${styled('stdout', 'bold', visible(on))}${risk}\n${lines.join('')}${more > 0 ? `  and ${more} more\n` : ''}`;
  });
  const hidden = subjects.length - SHOWN;
  return [
    ...blocks,
    ...(hidden > 0
      ? [`${count(hidden, 'more subject')} with findings: --format csv has all\n`]
      : []),
    ...report.unreadable.map(({ place, what, fix }) => unreadableText({ place, what, fix })),
    ...notes(report),
    totals(report),
  ].join('');
}

/** `risk 12 of 16 (exposure 3, power 4): administrator`. */
export function riskText({ risk, exposure, power, powers }: RoleNode): string {
  const [first] = powers;
  const color = risk >= 12 ? 'red' : risk >= 8 ? 'yellow' : 'green';
  const ofOthers = power > 0 ? ', only as another role' : '';
  const strongest = first ? `, ${visible(first.text)}` : ofOthers;
  return `${styled('stdout', color, `risk ${risk} of 16`)} (exposure ${exposure}, power ${power})${strongest}`;
}

function lineOf({ severity, id, name, message }: AuditFinding): string {
  const color = severity === 'error' ? 'red' : 'yellow';
  return `  ${styled('stdout', color, severity)} ${id} ${name}: ${visible(message)}\n`;
}

/** A finding with everything there is to say of it. */
export function findingText(finding: AuditFinding): string {
  const { severity, id, name, path, message, fix, status, reason, place } = finding;
  const color = severity === 'error' ? 'red' : 'yellow';
  const standing =
    status === 'open' ? '' : `, ${status}${reason === undefined ? '' : `: ${visible(reason)}`}`;
  return [
    `  ${styled('stdout', color, severity)} ${id} ${name}${standing}`,
    `    at       ${visible(placeText(place))}: ${visible(path)}`,
    `    what     ${visible(message)}`,
    `    fix      ${visible(fix)}`,
    '',
  ].join('\n');
}

function notes({ undetermined, fixed, suppressions }: AuditReport): string[] {
  return [
    ...undetermined.map(
      ({ on, text: what }) => `${on === undefined ? '' : `${visible(on)}: `}${visible(what)}.\n`,
    ),
    ...fixed.map(
      ({ rule, account, role }) =>
        `Fixed: ${rule} of ${visible(`${account}/${role}`)}. Write the baseline again to remove it.\n`,
    ),
    ...suppressions.expired.map(
      ({ rule, role, expires }) =>
        `The suppression of ${rule} for ${visible(role)} expired on ${expires}. Fix the finding, or decide again.\n`,
    ),
    ...suppressions.unused.map(
      ({ rule, role }) =>
        `No finding needs the suppression of ${rule} for ${visible(role)}. Remove it.\n`,
    ),
  ];
}

function totals({ totals: all, findings }: AuditReport): string {
  const accepted = findings.filter(({ status }) => status !== 'open').length;
  const also = (number: number, word: string) => (number > 0 ? `, ${number} ${word}` : '');
  return `${count(all.errors, 'error')}, ${count(all.warnings, 'warning')}${also(all.undetermined, 'undetermined')}${also(accepted, 'accepted')} in ${count(all.gitlabRoles, 'role')} that ${all.gitlabRoles === 1 ? 'trusts' : 'trust'} a GitLab, of ${count(all.roles, 'role')} in ${count(all.accounts, 'account')}\n`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
