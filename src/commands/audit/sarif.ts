import { AUDIT_RULES } from '../../audit/findings/index.ts';
import type { AuditFinding, AuditReport } from '../../audit/report.ts';
import { RULES } from '../../lint/rules.ts';
import { jsonLines } from '../../text/json-pieces.ts';
import { driverOf, LEVELS, physicalLocation } from '../sarif-parts.ts';

/** @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif(report: AuditReport): Iterable<string> {
  const driver = driverOf([...AUDIT_RULES, ...RULES]);
  const run = {
    tool: { driver },
    invocations: [
      {
        executionSuccessful: report.unreadable.length === 0,
        toolExecutionNotifications: [
          ...report.unreadable.map(({ place, what, fix }) => ({
            level: 'error',
            message: { text: `${what}. ${fix}` },
            locations: [{ physicalLocation: physicalLocation(place) }],
          })),
          ...report.undetermined.map(({ on, text }) => ({
            level: 'note',
            message: { text: on === undefined ? text : `${on}: ${text}` },
          })),
        ],
      },
    ],
    results: report.findings.map(resultOf),
  };
  const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return jsonLines({ version: '2.1.0', $schema: schema, runs: [run] });
}

function resultOf({ id, severity, on, path, message, fix, status, reason, place }: AuditFinding) {
  return {
    ruleId: id,
    level: LEVELS[severity],
    message: { text: `${on}: ${message}. ${fix}` },
    locations: [
      {
        physicalLocation: physicalLocation(place),
        logicalLocations: [{ fullyQualifiedName: `${on}/${path}` }],
      },
    ],
    ...(status !== 'open' && {
      suppressions: [
        { kind: 'external', status: 'accepted', justification: reason ?? 'It is in the baseline' },
      ],
    }),
  };
}
