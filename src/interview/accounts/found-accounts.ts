import { checkUnit } from '../../answers/check/bootstrap.ts';
import type { FoundAccount } from '../../answers/refresh/account-names.ts';
import type { Draft } from '../../answers/read.ts';
import type { OrganizationAccount } from '../../aws/organization/account.ts';
import { PARTITIONS, type Partition } from '../../iam/arn.ts';
import { partitionOf } from '../../iam/role-fields.ts';
import type { ReadFile } from '../../terminal/read-flag-file.ts';
import { shown } from '../../text/flaw.ts';
import { namesAndValues } from '../../text/name-and-value.ts';
import { ProblemError } from '../../text/problem.ts';
import type { FlagValues } from '../flags.ts';

/** What `--accounts-from` takes for the organization, in place of a file. */
const ORGANIZATION = 'organization';

/** Accounts that were read from AWS Organizations or from a file. */
export interface FoundAccounts {
  readonly accounts: readonly FoundAccount[];
  /** What the answers say of it, so that it can be read again. */
  readonly source: Draft | undefined;
  /** What was left out, a line each. */
  readonly notes: readonly string[];
}

/**
 * Reads the accounts where `--accounts-from` says.
 *
 * @param readFile reads the file that it names
 * @throws {ProblemError} where there are none, they cannot be read, or flags contradict each other
 */
export async function findAccounts(
  flags: FlagValues,
  readFile: ReadFile,
  env: NodeJS.ProcessEnv,
): Promise<FoundAccounts | undefined> {
  const { 'accounts-from': from, 'accounts-ou': units, 'accounts-tag': tags } = flags;
  if (from !== ORGANIZATION) {
    const flag = units ? '--accounts-ou' : tags ? '--accounts-tag' : undefined;
    if (flag !== undefined) {
      const what = 'it selects accounts of the organization, which are not asked for';
      refuse(flag, what, `Add --accounts-from ${ORGANIZATION}`);
    }
  }
  if (from === undefined) return undefined;
  const named = new Set((flags.account ?? []).map((text) => text.replace(/^[^=]*=|[\s-]/g, '')));
  if (from !== ORGANIZATION) {
    const { accountsInText } = await import('../../aws/organization/accounts-in-text.ts');
    const read = accountsInText(readFile(from, '--accounts-from'));
    if ('what' in read) refuse('--accounts-from', `${shown(from)} ${read.what}`, read.fix);
    return selected(read, named, shown(from), undefined);
  }
  for (const unit of units ?? []) {
    const flaw = checkUnit(unit);
    if (flaw) refuse('--accounts-ou', flaw.what, flaw.fix);
  }
  const filter = {
    organizationalUnits: units ?? [],
    tags: namesAndValues(tags, '--accounts-tag') ?? {},
  };
  const { listAccounts } = await import('../../aws/organization/list-accounts.ts');
  const listed = await listAccounts(filter, partitionIn(flags, env), env);
  return selected(listed, named, 'the organization', accountsFrom(filter));
}

interface AccountsWanted {
  readonly organizationalUnits: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The answer that says which accounts of the organization are meant. */
function accountsFrom({ organizationalUnits, tags }: AccountsWanted): Draft {
  return {
    source: ORGANIZATION,
    ...(organizationalUnits.length > 0 ? { organizational_units: organizationalUnits } : {}),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  };
}

/** The partition of the credentials, as far as flags and environment say. */
export function partitionIn(
  {
    partition,
    region,
  }: { readonly partition?: string | undefined; readonly region?: string | undefined },
  env: NodeJS.ProcessEnv,
): Partition {
  return (
    PARTITIONS.find((one) => one === partition) ??
    partitionOf(region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? '')
  );
}

/**
 * The accounts in use, each once, without the management account unless it is named.
 *
 * @param named IDs that other flags name
 * @throws {ProblemError} where none is left
 */
function selected(
  listed: readonly OrganizationAccount[],
  named: ReadonlySet<string>,
  place: string,
  source: Draft | undefined,
): FoundAccounts {
  const each = [...new Map(listed.map((one) => [one.id, one])).values()];
  const management = each.filter((one) => one.management === true && !named.has(one.id));
  const inactive = each.filter(({ active }) => !active);
  const accounts = each.filter((one) => one.active && !management.includes(one));
  if (accounts.length === 0) {
    refuse(
      '--accounts-from',
      `${place} lists no account in use${management.length > 0 ? ' but the management account' : ''}`,
      source?.['organizational_units'] || source?.['tags']
        ? 'Check the organizational units and tags'
        : 'Name the accounts with --account NAME=ID',
    );
  }
  return {
    accounts,
    source,
    notes: [
      ...management.map(({ id }) => `The management account ${id} is left out.`),
      ...(inactive.length > 0
        ? [
            `${inactive.length} ${inactive.length === 1 ? 'account that is' : 'accounts that are'} suspended or being closed ${inactive.length === 1 ? 'is' : 'are'} left out.`,
          ]
        : []),
    ],
  };
}

function refuse(where: string, what: string, fix: string): never {
  throw new ProblemError([{ where, what, fix }]);
}
