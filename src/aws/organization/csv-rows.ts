/**
 * The rows of comma-separated values, empty ones left out.
 *
 * @returns `broken` where a quotation mark stands out of place, with the rows before it
 * @see https://datatracker.ietf.org/doc/html/rfc4180
 */
export function csvRows(text: string): { rows: string[][]; broken: boolean } {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n?|\n|$)/gy);
  for (const [, quoted, plain = '', end] of cells) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.some((cell) => cell.trim() !== '')) rows.push(row);
    row = [];
    if (end === '') return { rows, broken: false };
  }
  return { rows, broken: true };
}
