import * as v from 'valibot';
import { shown, type Flaw } from '../../text/flaw.ts';
import { readJson } from '../../text/json-text.ts';
import { organizationAccount, type OrganizationAccount } from './account.ts';
import { csvRows } from './csv-rows.ts';

/** In JSON, what AWS does not know may be null. */
const optionalText = v.pipe(
  v.nullish(v.string()),
  v.transform((text) => text ?? undefined),
);

const Listed = v.object({
  Id: v.string(),
  Name: optionalText,
  Arn: optionalText,
  Status: optionalText,
  State: optionalText,
});

/** What `aws organizations list-accounts` prints, or the list in it. */
const Listing = v.union([v.object({ Accounts: v.array(Listed) }), v.array(Listed)]);

/** Columns of a table, in the words of the AWS CLI, of the export of the AWS console, and of people. */
const COLUMNS: Readonly<Record<string, 'Id' | 'Name' | 'Arn' | 'Status' | 'State'>> = {
  id: 'Id',
  accountid: 'Id',
  name: 'Name',
  accountname: 'Name',
  arn: 'Arn',
  status: 'Status',
  state: 'State',
};

/**
 * Reads a list of accounts: the JSON of `aws organizations list-accounts`, a table of comma-separated values with a heading,
 * or a line for each account, `prod=123456789012`, where `#` begins a comment.
 *
 * @returns the accounts in the order of the text, or what is wrong with it
 */
export function accountsInText(given: string): readonly OrganizationAccount[] | Flaw {
  const text = given.replace(/^\uFEFF/, '');
  if (text.includes('\0')) return { what: 'is not text in UTF-8', fix: 'Save it as UTF-8' };
  const accounts = /^\s*[[{]/.test(text) ? inJson(text) : (inTable(text) ?? inLines(text));
  if (!Array.isArray(accounts)) return accounts;
  const wrong = accounts.find(({ id }) => !/^\d{12}$/.test(id));
  return wrong ? wrongId(wrong) : accounts;
}

type Read = OrganizationAccount[] | Flaw;

function inJson(text: string): Read {
  const read = readJson(text);
  if ('flaw' in read) return { what: read.flaw, fix: LIST };
  const result = v.safeParse(Listing, read.json);
  if (!result.success) return { what: 'lists no accounts with Id and Name', fix: LIST };
  const listed = 'Accounts' in result.output ? result.output.Accounts : result.output;
  return listed.map(organizationAccount);
}

const LIST = 'Give what aws organizations list-accounts prints';

function inTable(text: string): Read | undefined {
  const { rows: found, broken } = csvRows(text);
  const [heading = [], ...rows] = found;
  const columns = heading.map((title) => COLUMNS[title.toLowerCase().replace(/[^a-z]/g, '')]);
  if (heading.length < 2 || !columns.includes('Id')) return undefined;
  if (broken) {
    const what = `has a quotation mark out of place after row ${found.length}`;
    return { what, fix: 'Put the cell in quotation marks, and double those inside it' };
  }
  return rows.map((row) => {
    const cells = columns.flatMap((key, at) => (key ? [[key, row[at]?.trim()]] : []));
    const { Id = '', ...others } = Object.fromEntries(cells) as Partial<
      Record<'Id' | 'Name' | 'Arn' | 'Status' | 'State', string>
    >;
    const given = Object.entries(others).filter(([, cell]) => cell !== '');
    return organizationAccount({ Id, ...Object.fromEntries(given) });
  });
}

function inLines(text: string): Read {
  const accounts: OrganizationAccount[] = [];
  for (const [index, whole] of text.split(/\r\n?|\n/).entries()) {
    const line = whole.replace(/(^|\s)#.*$/, '').trim();
    if (line === '') continue;
    const at = line.lastIndexOf('=');
    const Id = line
      .slice(at + 1)
      .trim()
      .replace(/[\s-]/g, '');
    if (!/^\d+$/.test(Id)) {
      const what = `has in line ${index + 1} no account: ${shown(line)}`;
      return { what, fix: 'Write each account as NAME=ID, or give JSON or CSV' };
    }
    const name = line.slice(0, Math.max(at, 0)).trim();
    accounts.push(organizationAccount({ Id, Name: name === '' ? Id : name }));
  }
  return accounts;
}

function wrongId({ id, name }: OrganizationAccount): Flaw {
  const whose = name === '' || name === id ? '' : ` for the account ${shown(name)}`;
  return {
    what: `has the ID ${shown(id)}${whose}, which is not 12 digits`,
    fix: /^\d{1,11}$/.test(id)
      ? 'Put back the zeros at its beginning, which spreadsheets leave out'
      : 'Correct it',
  };
}
