import { columnsOf, linesOf, styled } from '../../terminal/output.ts';
import type { CheckResult } from '../../doctor/diagnose.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { formatNamed } from '../../terminal/format-named.ts';
import { markdown } from '../../render/escape/markdown.ts';
import { visible } from '../../text/unprintable.ts';
import { json } from './json.ts';
import type { Report } from './report.ts';

type ReportWriter = (report: Report) => string;

const FORMATS: Readonly<Record<string, ReportWriter>> = {
  text,
  json,
  markdown: page,
};

/** @throws {ProblemError} for an unknown format */
export function writerOf(format: string): ReportWriter {
  return formatNamed(FORMATS, format);
}

const PLACES = {
  answers: 'in the answers',
  gitlab: 'in GitLab',
  ci: 'in the CI file',
  aws: 'in AWS',
  shell: 'in the shell',
} as const;

const WORDS = { ok: 'ok', failed: 'failed', unknown: '?' } as const;
const COLORS = { ok: 'green', failed: 'red', unknown: 'yellow' } as const;

function text(report: Report): string {
  const { assumed, causes, checks, settings } = report;
  const heading = causes.length === 0 ? `${nothing(report)}\n` : '';
  const paragraphs = causes.map(({ cause, fixes }, i) => {
    const word = i === 0 ? 'Cause' : 'Also';
    const lines = filled(`${word}: ${sentence(cause)}`, '');
    const colored = styled('stdout', 'red', word) + lines.slice(word.length);
    return `${colored}${fixes.map(fixText).join('')}`;
  });
  const note = assumed.length > 0 ? [filled(`Assumed: ${assumed.join(', ')}`, '')] : [];
  const list = checks.map((one) => {
    const word = WORDS[one.status];
    const lead = `  ${styled('stdout', COLORS[one.status], word)}${' '.repeat(8 - word.length)}${one.id}  ${one.check.padEnd(18)}`;
    const words = one.status === 'failed' ? 'see the cause above' : says(one);
    return filled(words, ' '.repeat(36)).replace(/^ */, lead);
  });
  const table =
    list.length > 0 ? [`Checks, in the order in which AWS makes them\n${list.join('')}`] : [];
  const toSet = settings.map(
    ({ why, command }) => `${filled(visible(why), '  ')}\n${indented(command, '    ')}\n`,
  );
  const gitlab = toSet.length > 0 ? [`Settings to make in GitLab\n${toSet.join('')}`] : [];
  return [heading, ...paragraphs, ...note, ...table, ...gitlab].filter(Boolean).join('\n');
}

function fixText({ place, text: what, change }: Fix): string {
  const lines = change === undefined ? '' : `\n${indented(change, '    ')}\n`;
  return `\n${filled(`Fix ${PLACES[place]}: ${sentence(what)}`, '  ')}${lines}`;
}

function nothing({ checks }: Report): string {
  const open = checks.filter(({ status }) => status === 'unknown').length;
  const rest = open > 0 ? ` ${open} of ${checks.length} checks could not run.` : '';
  return `${styled('stdout', 'green', 'No problem was found.')}${rest}`;
}

function says(finding: CheckResult): string {
  if (finding.status === 'failed') return finding.cause;
  return finding.status === 'ok' ? finding.text : `not checked: ${finding.why}`;
}

function page(report: Report): string {
  const { assumed, causes, checks, settings } = report;
  const paragraphs = causes.map(
    ({ cause, fixes }, i) =>
      `**${i === 0 ? 'Cause' : 'Also'}:** ${markdown(sentence(cause))}\n${fixes.map(fixPage).join('')}`,
  );
  const rows = checks.map(
    (one) =>
      `| ${WORDS[one.status]} | ${one.id} ${markdown(one.check)} | ${markdown(says(one))} |\n`,
  );
  const table = rows.length > 0 ? [`|  | Check |  |\n| --- | --- | --- |\n${rows.join('')}`] : [];
  const note = assumed.length > 0 ? [`Assumed: ${markdown(assumed.join(', '))}\n`] : [];
  const heading = causes.length === 0 ? ['No problem was found.\n'] : [];
  const gitlab = settings.map(
    ({ why, command }) => `Settings to make in GitLab: ${markdown(why)}\n${fenced(command)}`,
  );
  return [...heading, ...paragraphs, ...note, ...table, ...gitlab].join('\n');
}

function fixPage({ place, text: what, change }: Fix): string {
  const block = change === undefined ? '' : fenced(change);
  return `\n**Fix ${PLACES[place]}:** ${markdown(sentence(what))}\n${block}`;
}

/** A block of code, whatever backticks it holds. */
function fenced(lines: string): string {
  const longest = [...lines.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1);
  const fence = '`'.repeat(Math.max(3, ...longest));
  return `\n${fence}\n${lines}\n${fence}\n`;
}

function sentence(words: string): string {
  const line = visible(words);
  return /[.?!]$/.test(line) ? line : `${line}.`;
}

function indented(lines: string, by: string): string {
  return lines.replace(/^/gm, by);
}

/** Text in lines of the terminal's width, or of 80. */
function filled(words: string, indent: string): string {
  const width = Math.max(40, columnsOf('stdout'));
  return `${linesOf(visible(words.replaceAll('\n', ' ')), width, indent).join('\n')}\n`;
}
