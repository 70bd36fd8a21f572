import { jsonText } from '../../text/json-text.ts';
import { styled } from '../../terminal/output.ts';
import { createHash } from 'node:crypto';
import type { Place, UnreadableItem } from '../../access/role-context.ts';
import type { LintReport } from '../../lint/lint.ts';
import type { Finding } from '../../lint/rule.ts';
import { RULES } from '../../lint/rules.ts';
import { visible } from '../../text/unprintable.ts';
import { unreadableText } from '../unreadable.ts';
import { formatNamed } from '../../terminal/format-named.ts';

/** A role's policy with what lint says of it. */
export interface Judged extends LintReport {
  readonly name: string;
  /** Where its trust policy was read. */
  readonly place: Place;
}

type Format = (
  judged: readonly Judged[],
  unreadable: readonly UnreadableItem[],
  ok: boolean,
) => string;

const FORMATS: Readonly<Record<string, Format>> = {
  text,
  json,
  sarif,
  codequality,
};

/** @throws {ProblemError} for a format there is not */
export function lintReport(
  format: string,
  judged: readonly Judged[],
  unreadable: readonly UnreadableItem[],
  ok: boolean,
): string {
  return formatNamed(FORMATS, format)(judged, unreadable, ok);
}

const COLORS = {
  safe: 'green',
  caution: 'yellow',
  dangerous: 'red',
  'not-judged': 'blue',
} as const;

function text(judged: readonly Judged[], unreadable: readonly UnreadableItem[]): string {
  const explained = new Set<string>();
  const blocks = judged.map(({ name, grade, findings }) => {
    const word =
      grade === 'not-judged'
        ? 'skipped: not a GitLab trust'
        : styled('stdout', COLORS[grade], grade);
    const lines = findings.map((one) => {
      const first = !explained.has(one.id);
      explained.add(one.id);
      return finding(one, first);
    });
    return `${visible(name)}: ${word}\n${lines.join('')}`;
  });
  const all = judged.flatMap(({ findings }) => findings);
  const of = (severity: Finding['severity']) =>
    all.filter((one) => one.severity === severity).length;
  const policies = count(judged.length, 'policy').replace('policys', 'policies');
  const open = of('undetermined') > 0 ? `, ${of('undetermined')} undetermined` : '';
  return `${[...blocks, ...unreadable.map(unreadableText)].join('\n')}\n${count(of('error'), 'error')}, ${count(of('warning'), 'warning')}${open} in ${policies}\n`;
}

/** The report as docs/json.md describes it. */
function json(
  judged: readonly Judged[],
  unreadable: readonly UnreadableItem[],
  ok: boolean,
): string {
  const policies = judged.map(({ name, place, grade, judged: statements, reasons, findings }) => ({
    name,
    place: placeView(place),
    grade,
    judged: statements,
    reasons,
    findings: findings.map(({ id, name: rule, severity, harm, path, message, fix, witness }) => ({
      id,
      name: rule,
      severity,
      harm,
      path,
      message,
      fix,
      ...(witness && { witness: { claims: witness.claims, request: witness.request } }),
    })),
  }));
  const items = unreadable.map(({ place, what, fix }) => ({ place: placeView(place), what, fix }));
  return `${jsonText({ ok, policies, unreadable: items })}\n`;
}

function placeView({ file, path, line }: Place) {
  return { file, path, line };
}

/** @param withReason whether to say why the rule is there, as for the first finding of each */
function finding(one: Finding, withReason: boolean): string {
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

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function physicalLocation({ file, line }: Place) {
  return { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line ?? 1 } };
}

const LEVELS = { error: 'error', warning: 'warning', undetermined: 'note' } as const;
const QUALITY = { error: 'critical', warning: 'minor', undetermined: 'major' } as const;

/** @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
function sarif(judged: readonly Judged[], unreadable: readonly UnreadableItem[]): string {
  const log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'create-gitlab-aws-oidc',
            rules: RULES.map(({ id, name, summary, why, severity }) => ({
              id,
              name,
              shortDescription: { text: summary },
              fullDescription: { text: why },
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: unreadable.length === 0,
            toolExecutionNotifications: unreadable.map(({ place, what, fix }) => ({
              level: 'error',
              message: { text: `${what}. ${fix}` },
              locations: [{ physicalLocation: physicalLocation(place) }],
            })),
          },
        ],
        results: judged.flatMap(({ name, place, findings }) =>
          findings.map(({ id, severity, path, message, fix }) => ({
            ruleId: id,
            level: LEVELS[severity],
            message: { text: `${name}: ${message}. ${fix}` },
            locations: [
              {
                physicalLocation: physicalLocation(place),
                logicalLocations: [{ fullyQualifiedName: `${name}/${path}` }],
              },
            ],
          })),
        ),
      },
    ],
  };
  return `${jsonText(log)}\n`;
}

/** GitLab's Code Quality report. @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
function codequality(judged: readonly Judged[], unreadable: readonly UnreadableItem[]): string {
  const issues = judged.flatMap(({ name, place, findings }) =>
    findings.map(({ id, name: rule, severity, path, message, fix }) => ({
      description: `${name}: ${message}. ${fix}`,
      check_name: `${id} ${rule}`,
      fingerprint: createHash('sha256')
        .update(`${place.file}\0${name}\0${id}\0${path}`)
        .digest('hex'),
      severity: QUALITY[severity],
      location: { path: place.file, lines: { begin: place.line ?? 1 } },
    })),
  );
  const unread = unreadable.map(({ place, what, fix }) => ({
    description: `${what}. ${fix}`,
    check_name: 'unreadable',
    fingerprint: createHash('sha256').update(`${place.file}\0${place.path}\0${what}`).digest('hex'),
    severity: 'critical',
    location: { path: place.file, lines: { begin: place.line ?? 1 } },
  }));
  return `${jsonText([...issues, ...unread])}\n`;
}
