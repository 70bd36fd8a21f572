import type { FindingKey } from '../../lint/gate/baseline.ts';
import { RULES } from '../../lint/rules.ts';
import { jsonText } from '../../text/json-text.ts';
import { driverOf, LEVELS, physicalLocation } from '../sarif-parts.ts';
import { accountsOfAll, inAccounts } from './in-accounts.ts';
import type { LintedFinding, LintedRole, LintResult } from './result.ts';

/** @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif(result: LintResult): string {
  const { roles, fixed, unreadable } = result;
  const driver = driverOf(RULES);
  const all = accountsOfAll(roles);
  const run = {
    tool: { driver },
    invocations: [
      {
        executionSuccessful: unreadable.length === 0,
        toolExecutionNotifications: notifications(result),
      },
    ],
    results: [
      ...roles.flatMap((role) => role.findings.map((finding) => resultOf(finding, role, all))),
      ...fixed.map(fixedResult),
    ],
  };
  const log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [run],
  };
  return `${jsonText(log)}\n`;
}

function resultOf(finding: LintedFinding, role: LintedRole, all: readonly string[]) {
  const { accounts = role.accounts, labels = role.labels } = finding;
  const { name } = role;
  const { id, severity, path, message, fix, place = role.place } = finding;
  return {
    ruleId: id,
    level: LEVELS[severity],
    message: { text: `${name}${inAccounts(labels, all)}: ${message}. ${fix}` },
    locations: [
      {
        physicalLocation: physicalLocation(place),
        logicalLocations: [{ fullyQualifiedName: `${name}/${path}` }],
      },
    ],
    ...(accounts.length > 1 && { properties: { accounts } }),
    ...(finding.isRecorded !== undefined && {
      baselineState: finding.isRecorded ? 'unchanged' : 'new',
    }),
    ...(finding.status === 'suppressed' && {
      suppressions: [{ kind: 'external', status: 'accepted', justification: finding.reason }],
    }),
  };
}

/** What the baseline accepts and is gone. */
function fixedResult({ rule, account, role, place }: FindingKey) {
  return {
    ruleId: rule,
    kind: 'pass',
    level: 'none',
    message: { text: `${role} no longer has this finding` },
    locations: [{ logicalLocations: [{ fullyQualifiedName: `${account}/${role}/${place}` }] }],
    baselineState: 'absent',
  };
}

function notifications({ expired, unused, unreadable }: LintResult) {
  return [
    ...unreadable.map(({ place, what, fix }) => ({
      level: 'error',
      message: { text: `${what}. ${fix}` },
      locations: [{ physicalLocation: physicalLocation(place) }],
    })),
    ...expired.map(({ place, rule, expires }) => ({
      level: 'warning',
      message: { text: `${place}: the suppression of ${rule} expired on ${expires}` },
    })),
    ...unused.map(({ place, rule }) => ({
      level: 'note',
      message: { text: `${place}: no finding needs the suppression of ${rule}` },
    })),
  ];
}
