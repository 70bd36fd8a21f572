/** A row of `bootstrap/accounts.csv` by its columns. */
export type AccountRow = Readonly<Record<string, string>>;

/** Which column the scripts and Terraform give as which parameter of the template. */
const PARAMETERS = {
  create_provider: 'CreateProvider',
  state_key: 'StateKey',
  state_bucket: 'StateBucket',
  boundary: 'BoundaryArn',
} as const;

/** The accounts of a table, as whatever splits lines at commas reads it. */
export function accountRows(csv: string): AccountRow[] {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const columns = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  });
}

/** What the template is given for an account. */
export function parametersOfRow(row: AccountRow): Record<string, string> {
  return Object.fromEntries(
    Object.entries(PARAMETERS).flatMap(([column, name]) => {
      const value = row[column];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
