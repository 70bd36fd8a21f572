import { placeText } from '../../access/place.ts';
import type { UnreadableItem } from '../../access/role-context.ts';
import { deniedInWords } from '../../access/denied-by-controls.ts';
import { reasonInWords } from '../../access/words.ts';
import { unreadableText } from '../unreadable.ts';
import { noFormat } from '../../terminal/format-named.ts';
import { columnsOf, fitted, styled } from '../../terminal/output.ts';
import { describeRef } from '../../gitlab/ref.ts';
import { accessMarkdown, accessMermaid, type Access, type Row } from '../../render/access.ts';
import { onceForAccounts } from '../once-for-accounts.ts';
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
  const once = onceForAccounts(tables, reportedRole, sayingOfTable);
  const access = once.map(({ first, role, accounts, times }) => ({
    role,
    accounts,
    times,
    grants: rowsOf(first.grants),
  }));
  const notes = once.flatMap(({ first, title }) => notesOf({ ...first, role: title }));
  const unread = unreadable.map(unreadableLine);
  switch (format) {
    case 'text':
      return fitted([textTable(access), ...notes, ...unreadable.map(unreadableText)].join(''));
    case 'markdown':
      return [accessMarkdown(access), ...[...notes, ...unread].map((one) => `\n${one}`)].join('');
    case 'mermaid':
      return [accessMermaid(access), ...[...notes, ...unread].map((one) => `%% ${one}`)].join('');
    case 'json':
      return tableJson(tables, unreadable, ok);
    default:
      throw noFormat(format, 'Use one of text, markdown, mermaid, json, html');
  }
}

/** All that a table says of a role. */
function sayingOfTable({ key: _key, ...table }: RoleTable): string {
  return JSON.stringify([rowsOf(table.grants), notesOf({ ...table, role: '' })]);
}

/** The role of a table or of an answer. */
export function reportedRole({ role, key }: Pick<RoleTable, 'role' | 'key'>) {
  return { label: role, key };
}

/** What the rows do not show: what must be set in GitLab, what cannot be determined, who is allowed nothing. */
function notesOf({
  role,
  grants,
  undetermined,
  denied = [],
  expired = [],
}: Omit<RoleTable, 'key'>): string[] {
  const name = visible(role);
  return [
    ...neededForms(grants).map(
      ({ who, components }) =>
        `${name}: in GitLab, set ci_id_token_sub_claim_components of ${visible(who)} to ${components.join(', ')}\n`,
    ),
    ...expired.map((one) => `${name}: ${visible(one)}\n`),
    ...denied.map((one) => `${name}: ${visible(deniedInWords(one))}\n`),
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

function textTable(access: readonly CountedAccess[]): string {
  const width = columnsOf('stdout');
  const text = tableOf(access);
  if (text.split('\n').every((line) => line.length <= width)) return text;
  // Where lines would break, the number of accounts is enough: those that differ have rows of their own.
  return tableOf(access.map((one) => (one.times > 2 ? { ...one, accounts: shorter(one) } : one)));
}

function shorter({ accounts, times }: CountedAccess): string | undefined {
  const number = `${times} accounts`;
  return accounts !== undefined && accounts.length > WORDY ? number : accounts;
}

/** From so many characters on, the number says it shorter. */
const WORDY = 20;

type CountedAccess = Access & { readonly times: number };

function tableOf(access: readonly Access[]): string {
  const inAccounts = access.some(({ accounts }) => accounts !== undefined);
  const rows = access.flatMap(({ role, accounts = '', grants }) =>
    grants.flatMap((row) =>
      row.refs.map((ref) => [
        role,
        ...(inAccounts ? [accounts] : []),
        who(row),
        from(row, describeRef(ref)),
      ]),
    ),
  );
  const heading = ['Role', ...(inAccounts ? ['Accounts'] : []), 'Who', 'From'];
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
  return `${kind === 'group' ? 'every project in ' : ''}${path}${id === undefined ? '' : ` (id ${id})`}`;
}

function from({ limits }: Row, ref: string): string {
  return limits.length > 0 ? `${ref}, ${limits.join(', ')}` : ref;
}
