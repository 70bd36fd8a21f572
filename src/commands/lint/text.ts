import { placeText } from '../../access/place.ts';
import type { Place } from '../../access/role-context.ts';
import type { FindingKey } from '../../lint/gate/baseline.ts';
import type { GatedFinding } from '../../lint/gate/gate.ts';
import type { Suppression } from '../../lint/gate/settings.ts';
import { RULES } from '../../lint/rules.ts';
import { fitted, styled } from '../../terminal/output.ts';
import { visible } from '../../text/unprintable.ts';
import { unreadableText } from '../unreadable.ts';
import { accountsOfAll, inAccounts, inSomeAccounts } from './in-accounts.ts';
import type { LintedRole, LintResult } from './result.ts';

const COLORS = {
  safe: 'green',
  caution: 'yellow',
  dangerous: 'red',
  'not-judged': 'blue',
} as const;

/** The report for a person, a piece for each role. */
export function* text(result: LintResult): Generator<string> {
  const { roles, fixed, expired, unused, unreadable } = result;
  const explained = new Set<string>();
  const all = accountsOfAll(roles);
  let between = '';
  for (const role of roles) {
    yield between + fitted(roleText(role, all, explained));
    between = '\n';
  }
  for (const item of unreadable) {
    yield between + fitted(unreadableText(item));
    between = '\n';
  }
  const notes = [...fixed.map(fixedText), ...expired.map(expiredText), ...unused.map(unusedText)];
  yield `\n${fitted(notes.join(''))}${totals(result)}`;
}

/** @param explained the rules of which an earlier finding has the reason */
function roleText(
  { name, labels, place, grade, findings }: LintedRole,
  all: readonly string[],
  explained: Set<string>,
): string {
  const word =
    grade === 'not-judged' ? 'skipped: not a GitLab trust' : styled('stdout', COLORS[grade], grade);
  let block = `${visible(name)}${visible(inAccounts(labels, all))}: ${word}\n`;
  for (const one of findings) {
    // Where a finding holds for some of the role's accounts only, it says which.
    const own = one.labels ?? labels;
    const where = own.length < labels.length ? inSomeAccounts(own, all) : '';
    if (one.status !== 'open') {
      block += accepted(one, where);
      continue;
    }
    block += finding(one, !explained.has(one.id), where, place);
    explained.add(one.id);
  }
  return block;
}

function totals({ roles, fixed }: LintResult): string {
  const counts = new Map<string, number>();
  const add = (word: string) => counts.set(word, of(word) + 1);
  const of = (word: string) => counts.get(word) ?? 0;
  for (const { findings } of roles) {
    for (const { status, severity } of findings) {
      add(status);
      if (status === 'open') add(severity);
    }
  }
  const also = (number: number, word: string) => (number > 0 ? [`${number} ${word}`] : []);
  const open = [
    count(of('error'), 'error'),
    count(of('warning'), 'warning'),
    ...also(of('undetermined'), 'undetermined'),
  ].join(', ');
  const others = [
    ...also(of('baseline'), 'in the baseline'),
    ...also(of('suppressed'), 'suppressed'),
    ...also(fixed.length, 'fixed'),
  ];
  const policies = count(roles.length, 'policy').replace('policys', 'policies');
  return `${open} in ${policies}${others.length > 0 ? `; ${others.join(', ')}` : ''}\n`;
}

/** @param withReason whether to say why the rule is there, as for the first finding of each */
function finding(one: GatedFinding, withReason: boolean, where: string, ofRole: Place): string {
  const { id, name, severity, path, message, fix, witness, place = ofRole } = one;
  const { file, line } = place;
  const color = severity === 'error' ? 'red' : 'yellow';
  const rule = withReason ? RULES.find((known) => known.id === id) : undefined;
  const why = rule ? `    why      ${rule.why}\n    example  ${rule.example}\n` : '';
  const token = witness ? `    token    ${visible(witness.claims['sub'] ?? '')}\n` : '';
  return `  ${styled('stdout', color, severity)} ${id} ${name}${visible(where)}
    at       ${visible(placeText({ file, line, path }))}
    what     ${visible(message)}
${why}${token}    fix      ${visible(fix)}
`;
}

/** One line for a finding that does not count. */
function accepted(one: GatedFinding, where: string): string {
  const why =
    one.status === 'suppressed'
      ? `suppressed${one.expires === undefined ? '' : ` until ${one.expires}`}: ${visible(one.reason)}`
      : 'in the baseline';
  return `  ${one.id} ${one.name}${visible(where)} at ${visible(one.path)}, ${why}\n`;
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
