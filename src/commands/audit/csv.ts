import type { AuditReport } from '../../audit/report.ts';
import { visible } from '../../text/unprintable.ts';

const COLUMNS = [
  'risk',
  'exposure',
  'power',
  'account',
  'subject',
  'severity',
  'rule',
  'name',
  'message',
  'fix',
  'status',
  'reason',
  'file',
  'line',
];

/** One row for each finding, the highest risk first. @see https://datatracker.ietf.org/doc/html/rfc4180 */
export function* csv({ findings, roles }: AuditReport): Generator<string> {
  const known = new Map(roles.map((role) => [role.id, role]));
  yield rowOf(COLUMNS);
  for (const one of findings) {
    const role = known.get(one.on);
    const account = one.on.slice(0, one.on.indexOf('/'));
    yield rowOf([
      role?.risk ?? '',
      role?.exposure ?? '',
      role?.power ?? '',
      account,
      one.on.slice(account.length + 1),
      one.severity,
      one.id,
      one.name,
      one.message,
      one.fix,
      one.status,
      one.reason ?? '',
      one.place.file,
      one.place.line ?? '',
    ]);
  }
}

function rowOf(fields: readonly (string | number)[]): string {
  return `${fields.map(field).join(',')}\n`;
}

/**
 * A field. A spreadsheet takes a text that begins with one of these signs for a formula; a quotation mark before it keeps it a text.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = visible(value);
  const safe = /^\s*[=+\-@|%]|^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
