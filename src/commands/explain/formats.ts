import { placeText } from '../../access/place.ts';
import type { UnreadableItem } from '../../access/role-context.ts';
import { unreadableText } from '../unreadable.ts';
import { jsonText } from '../../text/json-text.ts';
import { styled } from '../../terminal/output.ts';
import type { Grant } from '../../blueprint/blueprint.ts';
import { describeRef } from '../../gitlab/ref.ts';
import { ProblemError } from '../../text/problem.ts';
import { accessMarkdown, accessMermaid } from '../../render/access.ts';
import type { RoleAccess, RoleAnswer } from './answers.ts';
import { visible } from '../../text/unprintable.ts';

/** Who may assume what, in a format. */
export function accessTable(
  format: string,
  access: readonly RoleAccess[],
  unreadable: readonly UnreadableItem[] = [],
): string {
  switch (format) {
    case 'text':
      return [textTable(access), ...unreadable.map(unreadableText)].join('');
    case 'markdown':
      return [accessMarkdown(access), ...unreadable.map((one) => `\n${unreadableLine(one)}`)].join(
        '',
      );
    case 'mermaid':
      return [accessMermaid(access), ...unreadable.map((one) => `%% ${unreadableLine(one)}`)].join(
        '',
      );
    case 'json':
      return `${jsonText({ ok: true, roles: access, unreadable })}\n`;
    default:
      throw noFormat(format, 'text, markdown, mermaid or json');
  }
}

/** One line, for formats that a table stands in. */
function unreadableLine({ place, what }: UnreadableItem): string {
  return `Not read: ${visible(placeText(place))}: ${visible(what)}\n`;
}

function textTable(access: readonly RoleAccess[]): string {
  const rows = access.flatMap(({ role, grants }) =>
    grants.flatMap((grant) =>
      grant.refs.map((ref) => [role, who(grant), from(grant, describeRef(ref))]),
    ),
  );
  const silent = access.filter(({ grants }) => grants.length === 0);
  const heading = ['Role', 'Who', 'From'];
  const widths = heading.map((title, i) =>
    rows.reduce((widest, row) => Math.max(widest, row[i]?.length ?? 0), title.length),
  );
  const line = (cells: readonly string[]) =>
    `${cells
      .map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join('  ')}\n`;
  return [
    ...(rows.length > 0 ? [styled('stdout', 'bold', line(heading))] : []),
    ...rows.map((row) => line(row.map(visible))),
    ...silent.map(({ role }) => `${visible(role)} lets in no job of a GitLab that can be told\n`),
  ].join('');
}

function who({ kind, path, id }: Grant): string {
  return `${kind === 'group' ? 'every project below ' : ''}${path}${id === undefined ? '' : ` (id ${id})`}`;
}

function from({ limits }: Grant, ref: string): string {
  return limits.length > 0 ? `${ref}, ${limits.join(', ')}` : ref;
}

/** What the roles say to a question. */
export function answerText(
  format: string,
  answers: readonly RoleAnswer[],
  assumed: readonly string[],
  unreadable: readonly UnreadableItem[] = [],
): string {
  if (format === 'json') return `${jsonText({ ok: true, assumed, roles: answers, unreadable })}\n`;
  if (format !== 'text') throw noFormat(format, 'text or json, for a question');
  const note =
    assumed.length > 0 ? `Taken for granted: ${assumed.map(visible).join(', ')}\n\n` : '';
  return note + [...answers.map(answer), ...unreadable.map(unreadableText)].join('\n');
}

function answer({ role, explanation }: RoleAnswer): string {
  const { decision, cause, decidedBy, statements } = explanation;
  const colour = decision === 'allowed' ? 'green' : 'red';
  const word = styled('stdout', colour, decision);
  if (decision === 'allowed') {
    return `${visible(role)}: ${word} by ${decidedBy.map((index) => `Statement[${index}]`).join(', ')}\n`;
  }
  const why =
    cause === 'explicit-deny'
      ? decidedBy.map((index) => `  Statement[${index}] denies it\n`)
      : statements.flatMap(({ path, failure }) => {
          if (!failure) return [];
          const { check, text } = failure;
          const what = check.kind === 'condition' ? `${check.operator} ${check.key}` : check.kind;
          return [
            `  ${path}: ${visible(what)}\n`,
            `    expected  ${visible(check.expected.join(' or '))}\n`,
            `    actual    ${visible(check.actual.join(' and ') || 'nothing')}\n`,
            `    hint      ${visible(text)}\n`,
          ];
        });
  return `${visible(role)}: ${word}\n${why.join('')}`;
}

function noFormat(format: string, formats: string): ProblemError {
  return new ProblemError([
    { where: '--format', what: `there is no format ${format}`, fix: `Use ${formats}` },
  ]);
}
