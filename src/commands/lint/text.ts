import type { FindingKey } from '../../lint/gate/baseline.ts';
import type { GatedFinding } from '../../lint/gate/gate.ts';
import type { Suppression } from '../../lint/gate/settings.ts';
import { RULES } from '../../lint/rules.ts';
import { styled } from '../../terminal/output.ts';
import { visible } from '../../text/unprintable.ts';
import { onceForAccounts } from '../once-for-accounts.ts';
import { unreadableText } from '../unreadable.ts';
import type { LintResult } from './result.ts';

const COLORS = {
  safe: 'green',
  caution: 'yellow',
  dangerous: 'red',
  'not-judged': 'blue',
} as const;

/** The report for a person. */
export function text(result: LintResult): string {
  const { roles, fixed, expired, unused, unreadable } = result;
  const explained = new Set<string>();
  const once = onceForAccounts(
    roles,
    ({ key, name }) => ({ key, label: name }),
    ({ grade, findings }) =>
      [
        grade,
        ...findings.map((one) => (one.status === 'open' ? finding(one, false) : accepted(one))),
      ].join(),
  );
  const blocks = once.map(({ first: { grade, findings }, title }) => {
    const word =
      grade === 'not-judged'
        ? 'skipped: not a GitLab trust'
        : styled('stdout', COLORS[grade], grade);
    const lines = findings.map((one) => {
      if (one.status !== 'open') return accepted(one);
      const first = !explained.has(one.id);
      explained.add(one.id);
      return finding(one, first);
    });
    return `${visible(title)}: ${word}\n${lines.join('')}`;
  });
  const notes = [...fixed.map(fixedText), ...expired.map(expiredText), ...unused.map(unusedText)];
  return `${[...blocks, ...unreadable.map(unreadableText)].join('\n')}\n${notes.join('')}${totals(result)}`;
}

function totals({ roles, fixed }: LintResult): string {
  const all = roles.flatMap(({ findings }) => findings);
  const of = (severity: GatedFinding['severity']) =>
    all.filter((one) => one.status === 'open' && one.severity === severity).length;
  const having = (status: GatedFinding['status']) =>
    all.filter((one) => one.status === status).length;
  const also = (number: number, word: string) => (number > 0 ? [`${number} ${word}`] : []);
  const counts = [
    count(of('error'), 'error'),
    count(of('warning'), 'warning'),
    ...also(of('undetermined'), 'undetermined'),
  ].join(', ');
  const others = [
    ...also(having('baseline'), 'in the baseline'),
    ...also(having('suppressed'), 'suppressed'),
    ...also(fixed.length, 'fixed'),
  ];
  const policies = count(roles.length, 'policy').replace('policys', 'policies');
  return `${counts} in ${policies}${others.length > 0 ? `; ${others.join(', ')}` : ''}\n`;
}

/** @param withReason whether to say why the rule is there, as for the first finding of each */
function finding(one: GatedFinding, withReason: boolean): string {
  const { id, name, severity, path, message, fix, witness } = one;
  const color = severity === 'error' ? 'red' : 'yellow';
  const rule = withReason ? RULES.find((known) => known.id === id) : undefined;
  const lines = [
    `  ${styled('stdout', color, severity)} ${id} ${name}`,
    `    at       ${visible(path)}`,
    `    what     ${visible(message)}`,
    ...(rule ? [`    why      ${rule.why}`, `    example  ${rule.example}`] : []),
    ...(witness ? [`    token    ${visible(witness.claims['sub'] ?? '')}`] : []),
    `    fix      ${visible(fix)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** One line for a finding that does not count. */
function accepted(one: GatedFinding): string {
  const why =
    one.status === 'suppressed'
      ? `suppressed${one.expires === undefined ? '' : ` until ${one.expires}`}: ${visible(one.reason)}`
      : 'in the baseline';
  return `  ${one.id} ${one.name} at ${visible(one.path)}, ${why}\n`;
}

function fixedText({ rule, account, role, place }: FindingKey): string {
  return `Fixed: ${rule} of ${visible(`${account}/${role}`)} at ${visible(place)}. Write the baseline again to remove it.\n`;
}

function expiredText({ place, rule, role, expires }: Suppression): string {
  return `${visible(place)}: the suppression of ${rule} for ${visible(role)} expired on ${expires}. Fix the finding, or decide again.\n`;
}

function unusedText({ place, rule, role }: Suppression): string {
  return `${visible(place)}: no finding needs the suppression of ${rule} for ${visible(role)}. Remove it.\n`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
