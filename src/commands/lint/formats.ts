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

type Format = (judged: readonly Judged[], unreadable: readonly UnreadableItem[]) => string;

const FORMATS: Readonly<Record<string, Format>> = {
  text,
  json: (judged, unreadable) => `${jsonText({ ok: true, policies: judged, unreadable })}\n`,
  sarif,
  codequality,
};

/** @throws {ProblemError} for a format there is not */
export function lintReport(
  format: string,
  judged: readonly Judged[],
  unreadable: readonly UnreadableItem[],
): string {
  return formatNamed(FORMATS, format)(judged, unreadable);
}

const COLOURS = { safe: 'green', caution: 'yellow', dangerous: 'red' } as const;

function text(judged: readonly Judged[], unreadable: readonly UnreadableItem[]): string {
  const told = new Set<string>();
  const blocks = judged.map(({ name, grade, judged: statements, denies, findings }) => {
    const colour = COLOURS[grade];
    const word =
      statements === 0 ? 'trusts no GitLab, not judged' : styled('stdout', colour, grade);
    const lines = findings.map((one) => {
      const first = !told.has(one.id);
      told.add(one.id);
      return finding(one, first);
    });
    const note = statements > 0 && denies.length > 0 ? unjudged(denies) : '';
    return `${visible(name)}: ${word}\n${lines.join('')}${note}`;
  });
  const all = judged.flatMap(({ findings }) => findings);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const policies = count(judged.length, 'policy').replace('policys', 'policies');
  return `${[...blocks, ...unreadable.map(unreadableText)].join('\n')}\n${count(errors, 'error')}, ${count(all.length - errors, 'warning')} in ${policies}\n`;
}

function unjudged(denies: readonly string[]): string {
  return `  note     what ${denies.join(' and ')} denies is not judged; explain takes it into account\n`;
}

/** @param withReason whether to say why the rule is there, as for the first finding of each */
function finding({ id, name, severity, path, message, fix }: Finding, withReason: boolean): string {
  const colour = severity === 'error' ? 'red' : 'yellow';
  const rule = withReason ? RULES.find((one) => one.id === id) : undefined;
  const lines = [
    `  ${styled('stdout', colour, severity)} ${id} ${name}`,
    `    at       ${visible(path)}`,
    `    what     ${visible(message)}`,
    ...(rule ? [`    why      ${rule.why}`, `    example  ${rule.example}`] : []),
    `    fix     ${visible(fix)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function physicalLocation({ file, line }: Place) {
  return { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line ?? 1 } };
}

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
              defaultConfiguration: { level: severity },
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
            level: severity,
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
      severity: severity === 'error' ? 'critical' : 'minor',
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
