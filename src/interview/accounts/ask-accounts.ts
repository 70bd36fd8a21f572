import { checkAccountName } from '../../answers/check/accounts.ts';
import { checkUnit } from '../../answers/check/bootstrap.ts';
import { accountNames } from '../../answers/refresh/account-names.ts';
import type { Draft } from '../../answers/read.ts';
import { checkAccountId, checkRegion } from '../../iam/role-fields.ts';
import { shown, type Flaw } from '../../text/flaw.ts';
import type { Asker } from '../asker.ts';
import { answerAt, draftsAt, withAnswer } from '../draft.ts';
import { firstFlaw } from '../first-flaw.ts';
import type { OrganizationKnown } from '../guide/known.ts';
import { listOf } from '../list.ts';
import { readAccountId } from '../reading/numbers.ts';

/** So many accounts are named in a sentence. */
const NAMED = 5;

/** Asks whether there are several accounts, and which. */
export async function askAccounts(
  draft: Draft,
  asker: Asker,
  organization: OrganizationKnown | undefined,
): Promise<Draft> {
  const several = await asker.yes({
    flag: 'account',
    message: 'Several AWS accounts?',
    why: 'Roles are written once for all of them; each account has its own state.',
    default: false,
  });
  if (!several) return draft;
  const listed = organization && (await askOrganization(asker, organization));
  if (listed) return { ...draft, ...listed };
  const accounts = await asker.text({
    flag: 'account',
    message: 'AWS accounts',
    why: 'Comma-separated names, with IDs if known, e.g. dev=111111111111, prod=222222222222.',
    check: checkTyped,
  });
  return { ...draft, accounts: typedAccounts(accounts) };
}

/** @returns `undefined` where the person would rather type, or AWS cannot be asked */
async function askOrganization(
  asker: Asker,
  organization: OrganizationKnown,
): Promise<Draft | undefined> {
  const from = await asker.choice({
    flag: 'accounts-from',
    message: 'List of the accounts',
    why: 'AWS Organizations is asked with the AWS credentials of this machine.',
    choices: [
      { value: 'typed', name: 'type it' },
      { value: 'organization', name: 'read it from AWS Organizations' },
    ],
    default: 'typed',
  });
  if (from === 'typed') return undefined;
  const units = await asker.text({
    flag: 'accounts-ou',
    message: 'Organizational units',
    why: 'Comma-separated IDs, e.g. ou-abcd-11112222. Press Enter for the whole organization.',
    optional: true,
    check: firstFlaw(checkUnit),
  });
  const read = await organization(listOf(units));
  if (!read) return undefined;
  if ('problem' in read) {
    asker.say(`${read.problem.what}. ${read.problem.fix}.`);
    return undefined;
  }
  const { accounts, source, notes } = read;
  const names = accountNames(accounts);
  const some = names.slice(0, NAMED).join(', ');
  asker.say(
    `${names.length} ${names.length === 1 ? 'account' : 'accounts'}: ${some}${names.length > NAMED ? ', …' : ''}.`,
  );
  for (const note of notes) asker.say(note);
  return {
    accounts: accounts.map(({ id }, index) => ({ name: names[index] ?? id, id })),
    ...(source ? { accounts_from: source } : {}),
  };
}

/** Asks what differs between the accounts of a draft: their regions, and which roles are in them. */
export async function askDifferences(draft: Draft, asker: Asker): Promise<Draft> {
  return askPlaces(await askRegions(draft, asker), asker);
}

async function askRegions(draft: Draft, asker: Asker): Promise<Draft> {
  const region = String(answerAt(draft, 'aws.region'));
  const same = await asker.yes({
    flag: 'region',
    message: `Is ${region} the region of every account?`,
    why: 'If you say no, you give the region of each account.',
    default: true,
  });
  if (same) return draft;
  const accounts: Draft[] = [];
  for (const account of draftsAt(draft, 'accounts')) {
    const own = await asker.text({
      flag: 'region',
      message: `AWS region of ${String(account['name'])}`,
      why: 'Jobs of this account work there, e.g. eu-central-1.',
      default: region,
      check: (text) => {
        const flaw = checkRegion(text, undefined);
        return flaw && { what: flaw.what, fix: `Type a region, e.g. ${region}` };
      },
    });
    accounts.push(own === region ? account : { ...account, region: own });
  }
  return { ...draft, accounts };
}

/** Each account needs a role, so the question is asked again where one has none. */
async function askPlaces(draft: Draft, asker: Asker): Promise<Draft> {
  const names = draftsAt(draft, 'accounts').map(({ name }) => String(name));
  const everywhere = await asker.yes({
    flag: 'config',
    message: 'Every role in every account?',
    why: 'If you say no, you pick the accounts of each role.',
    default: true,
  });
  if (everywhere || names.length < 2) return draft;
  for (;;) {
    const roles: Draft[] = [];
    for (const role of draftsAt(draft, 'roles')) {
      const picked = await asker.many({
        flag: 'config',
        message: `Accounts of role ${String(role['name'])}`,
        why: 'Space picks one, Enter ends. Pick none for every account.',
        choices: names.map((name) => ({ value: name, name })),
      });
      const some = picked.length > 0 && picked.length < names.length;
      roles.push(some ? { ...role, accounts: picked } : role);
    }
    const empty = names.filter((name) =>
      roles.every((role) => Array.isArray(role['accounts']) && !role['accounts'].includes(name)),
    );
    if (empty.length === 0) return withAnswer(draft, 'roles', roles);
    asker.say(`No role is in ${empty.slice(0, NAMED).join(', ')}. Pick again.`);
  }
}

function typedAccounts(text: string): Draft[] {
  return listOf(text).map((word) => {
    const [name = '', id] = word.split(/=(.*)/s);
    return { name, ...(id === undefined ? {} : { id: readAccountId(id) }) };
  });
}

function checkTyped(text: string): Flaw | undefined {
  const accounts = typedAccounts(text) as { name: string; id?: string }[];
  if (accounts.length === 0) return { what: 'no account is named', fix: 'Type one, e.g. dev' };
  const names = new Set<string>();
  const ids = new Set<string>();
  for (const { name, id } of accounts) {
    const flaw =
      checkAccountName(name) ??
      (id === undefined ? undefined : wrongId(name, id)) ??
      (names.has(name) || (id !== undefined && ids.has(id))
        ? {
            what: `${shown(names.has(name) ? name : (id ?? ''))} is listed twice`,
            fix: 'Leave one out',
          }
        : undefined);
    if (flaw) return flaw;
    names.add(name);
    if (id !== undefined) ids.add(id);
  }
  return undefined;
}

function wrongId(name: string, id: string): Flaw | undefined {
  const flaw = checkAccountId(id);
  return flaw && { what: flaw.what, fix: `Type 12 digits, e.g. ${name}=123456789012` };
}
