import { placeText } from '../../access/place.ts';
import type { UnreadableItem } from '../../access/role-context.ts';
import { reasonInWords } from '../../access/words.ts';
import { unreadableText } from '../unreadable.ts';
import { styled } from '../../terminal/output.ts';
import { describeRef } from '../../gitlab/ref.ts';
import { ProblemError } from '../../text/problem.ts';
import { accessMarkdown, accessMermaid, type Row } from '../../render/access.ts';
import type { RoleTable } from './answers.ts';
import { tableJson } from './json.ts';
import { neededForms, rowsOf } from './rows.ts';
import { visible } from '../../text/unprintable.ts';

/** Who may assume what, in a format. */
export function accessTable(
  format: string,
  tables: readonly RoleTable[],
  unreadable: readonly UnreadableItem[] = [],
  ok = true,
): string {
  const access = tables.map(({ role, grants }) => ({ role, grants: rowsOf(grants) }));
  const notes = tables.flatMap(notesOf);
  const unread = unreadable.map(unreadableLine);
  switch (format) {
    case 'text':
      return [textTable(access), ...notes, ...unreadable.map(unreadableText)].join('');
    case 'markdown':
      return [accessMarkdown(access), ...[...notes, ...unread].map((one) => `\n${one}`)].join('');
    case 'mermaid':
      return [accessMermaid(access), ...[...notes, ...unread].map((one) => `%% ${one}`)].join('');
    case 'json':
      return tableJson(tables, unreadable, ok);
    default:
      throw noFormat(format, 'text, markdown, mermaid or json');
  }
}

/** What the rows do not show: what must be set in GitLab, what cannot be determined, who is allowed nothing. */
function notesOf({ role, grants, undetermined }: RoleTable): string[] {
  const name = visible(role);
  return [
    ...neededForms(grants).map(
      ({ who, components }) =>
        `${name}: in GitLab, set ci_id_token_sub_claim_components of ${visible(who)} to ${components.join(', ')}\n`,
    ),
    ...undetermined.map((reason) => `${name}: ${visible(reasonInWords(reason))}\n`),
    ...(grants.length + undetermined.length === 0
      ? [`${name}: no job of a GitLab instance may assume it\n`]
      : []),
  ];
}

/** One line, for formats that a table stands in. */
function unreadableLine({ place, what }: UnreadableItem): string {
  return `Not read: ${visible(placeText(place))}: ${visible(what)}\n`;
}

function textTable(access: readonly { role: string; grants: readonly Row[] }[]): string {
  const rows = access.flatMap(({ role, grants }) =>
    grants.flatMap((row) => row.refs.map((ref) => [role, who(row), from(row, describeRef(ref))])),
  );
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
  ].join('');
}

function who({ kind, path, id }: Row): string {
  return `${kind === 'group' ? 'every project below ' : ''}${path}${id === undefined ? '' : ` (id ${id})`}`;
}

function from({ limits }: Row, ref: string): string {
  return limits.length > 0 ? `${ref}, ${limits.join(', ')}` : ref;
}

export function noFormat(format: string, formats: string): ProblemError {
  return new ProblemError([
    { where: '--format', what: `there is no format ${format}`, fix: `Use ${formats}` },
  ]);
}
