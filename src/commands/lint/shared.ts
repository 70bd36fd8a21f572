import { accountOf, labelWithoutAccount } from '../../access/account.ts';
import type { GatedFinding } from '../../lint/gate/gate.ts';
import { ANY_ACCOUNT } from '../../iam/arn.ts';
import type { Grading } from '../../lint/grade.ts';
import type { GatedRole, LintedRole } from './result.ts';

/** From the worst. */
const GRADES: readonly Grading['grade'][] = ['dangerous', 'caution', 'safe', 'not-judged'];

/**
 * The roles as a report lists them: what several accounts get from one text, such as a module, is one role, and each of its
 * findings is there once with the accounts that have it.
 */
export function withSharedOnce(roles: readonly GatedRole[]): LintedRole[] {
  const groups: [GatedRole, ...GatedRole[]][] = [];
  const shared = new Map<string, GatedRole[]>();
  for (const role of roles) {
    const { sharedAs, key } = role;
    const id = sharedAs === undefined ? undefined : JSON.stringify([sharedAs, key.name]);
    const known = id === undefined ? undefined : shared.get(id);
    if (known) known.push(role);
    else {
      const group: [GatedRole] = [role];
      groups.push(group);
      if (id !== undefined) shared.set(id, group);
    }
  }
  return groups.map((group) => {
    const [first] = group;
    if (first.sharedAs === undefined) return alone(first);
    return {
      name: labelWithoutAccount(first.key, first.name),
      place: first.place,
      grade: worstOf(group),
      judged: first.judged,
      reasons: group.flatMap(({ reasons }) => reasons),
      accounts: accountsOf(group),
      labels: group.map(({ key }) => accountOf(key)),
      findings: group.length === 1 ? first.findings : findingsOf(group),
    };
  });
}

/** A role that no other account has. */
function alone(role: GatedRole): LintedRole {
  const { name, place, grade, judged, reasons, findings, key } = role;
  const accounts = key.account === ANY_ACCOUNT ? [] : [key.account];
  return { name, place, grade, judged, reasons, accounts, labels: [accountOf(key)], findings };
}

function worstOf(group: readonly [GatedRole, ...GatedRole[]]): Grading['grade'] {
  const [first] = group;
  return GRADES.find((one) => group.some(({ grade }) => grade === one)) ?? first.grade;
}

/** Twelve digits, or the name where the id is not known; nothing where neither is. */
function accountsOf(roles: readonly GatedRole[]): string[] {
  const accounts = new Set(roles.map(({ key }) => key.account));
  return [...accounts].filter((one) => one !== ANY_ACCOUNT);
}

function findingsOf(group: readonly GatedRole[]): LintedRole['findings'] {
  const found = new Map<string, { finding: GatedFinding; roles: GatedRole[] }>();
  for (const role of group) {
    const seen = new Set<string>();
    for (const finding of role.findings) {
      const text = findingText(finding);
      // A role may have the same finding several times; each is there as often.
      const count = [...seen].filter((one) => one.startsWith(text)).length;
      const key = `${text}${count}`;
      seen.add(key);
      const known = found.get(key) ?? { finding, roles: [] };
      found.set(key, known);
      known.roles.push(role);
    }
  }
  return [...found.values()].map(({ finding, roles }) => ({
    ...finding,
    accounts: accountsOf(roles),
    labels: roles.map(({ key }) => accountOf(key)),
  }));
}

function findingText(finding: GatedFinding): string {
  const { id, path, severity, message, fix, status, isRecorded } = finding;
  const why = finding.status === 'suppressed' ? [finding.reason, finding.expires] : [];
  return JSON.stringify([id, path, severity, message, fix, status, isRecorded, ...why]);
}
