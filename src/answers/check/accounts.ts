import { checkPolicyArn } from '../../iam/arn.ts';
import { checkAccountId, checkRegion, checkTags } from '../../iam/role-fields.ts';
import { checkUnit } from './bootstrap.ts';
import { checkList, type At, ifGiven, itself } from '../../text/collect.ts';
import { type Flaw, shown } from '../../text/flaw.ts';
import { fixOfUnknown } from '../../text/known-names.ts';
import type { Problem } from '../../text/problem.ts';
import { ACCOUNT_IN_STATE, type AccountAnswers, placeInAnswers } from '../accounts.ts';
import type { Account, Answers, Role } from '../schema.ts';
import { checkPermissions } from './permissions.ts';
import { checkProvider, checkState } from './provider-and-state.ts';
import { checkRole } from './role.ts';

/** The accounts by themselves, and that roles name the ones there are. */
export function checkAccounts(answers: Answers, at: At): void {
  const { accounts, accounts_from: source, aws, ci, roles } = answers;
  const names = new Set(accounts?.map(({ name }) => name));
  checkNames(ci.promotion, names, (where) => at(`ci.promotion${where}`));
  roles.forEach(({ accounts: own, differences = {} }, index) => {
    checkNames(own, names, (where) => at(`roles[${index}].accounts${where}`));
    for (const name of Object.keys(differences)) {
      at(`roles[${index}].differences.${name}`)(checkDifference(name, names, own));
    }
  });
  checkSource(source, at);
  if (!accounts) {
    if (source) {
      at('accounts_from')({
        what: 'there are no accounts',
        fix: 'List one in accounts at least; update --refresh-accounts adds the others',
      });
    }
    return;
  }
  checkList(
    accounts,
    ({ name }) => name,
    ({ name }) => checkAccountName(name),
    (where) => at(`accounts${where}.name`),
  );
  checkIds(accounts, at);
  if (aws.account_id !== undefined) {
    at('aws.account_id')({
      what:
        accounts.length === 1
          ? 'the account has a name, which its ID stands beside'
          : 'there are several accounts, so it is not known whose ID this is',
      fix: 'Move it to id of its account in accounts',
    });
  }
}

/** What holds in each account. A flaw that several accounts share is reported once. */
export function checkEachAccount(each: readonly AccountAnswers[]): Problem[] {
  const problems = new Map<string, Problem>();
  const checked = new CheckedRoles();
  const states = new Map<string, string>();
  for (const one of each) {
    const at = (where: string) => (flaw: Flaw | undefined) => {
      if (!flaw) return;
      const problem = { where: placeInAnswers(one, where), ...flaw };
      // What is wrong may name the account.
      const key = `${problem.where}\0${problem.fix}`;
      if (!problems.has(key)) problems.set(key, problem);
    };
    checkOne(one, at, checked);
    checkPlaceOfState(one, at, states);
  }
  return [...problems.values()];
}

/** Roles by what they say, and the settings of accounts with which they were checked. */
class CheckedRoles {
  readonly #texts = new Map<Role, string>();
  readonly #settings = new Map<string, Set<string>>();

  /** @param place of the role in the answers @returns whether it was not there, and must be checked */
  add(
    role: Role,
    place: number | undefined,
    { partition, account_id: id, quotas }: Answers['aws'],
  ): boolean {
    const text = this.#texts.get(role) ?? JSON.stringify(role);
    this.#texts.set(role, text);
    const known = this.#settings.get(text) ?? new Set();
    this.#settings.set(text, known);
    // Only what names an ARN depends on the account's ID.
    const own = JSON.stringify([place, partition, text.includes('arn:') ? id : '', quotas]);
    const isNew = !known.has(own);
    known.add(own);
    return isNew;
  }
}

function checkOne(
  { account, answers, places }: AccountAnswers,
  at: At,
  checked: CheckedRoles,
): void {
  const { aws, roles } = answers;
  const partition = aws.partition ?? 'aws';
  at('aws.region')(checkRegion(aws.region, partition));
  ifGiven(aws.account_id, checkAccountId, at('aws.account_id'));
  checkProvider(answers, at);
  checkState(answers, at);
  const ofAccount: string[] = [];
  const reported = (where: string) => (flaw: Flaw | undefined) => {
    if (flaw) ofAccount.push(flaw.what);
    at(where)(flaw);
  };
  ifGiven(
    account?.permissions_boundary,
    (arn) => checkPolicyArn(partition, arn, aws.account_id),
    reported('permissions_boundary'),
  );
  ifGiven(account?.tags, checkTags, reported('tags'));
  if (account && roles.length === 0) {
    at('name')({
      what: `no role is for the account ${shown(account.name)}`,
      fix: 'Add it to accounts of a role, or remove it',
    });
  }
  roles.forEach((role, index) => {
    if (!checked.add(role, places[index]?.index, aws)) return;
    checkRole(role, answers, (where) => (flaw) => {
      // What its account gives a role is wrong there.
      if (flaw && !ofAccount.includes(flaw.what)) at(`roles[${index}].${where}`)(flaw);
    });
    checkPermissions(role.permissions, partition, answers, (where) =>
      at(`roles[${index}].permissions.${where}`),
    );
  });
}

/** Each account has a state of its own: in one place, the accounts would overwrite one another's. */
function checkPlaceOfState(
  { account, answers: { state } }: AccountAnswers,
  at: At,
  seen: Map<string, string>,
): void {
  if (!account || state.backend === 'local') return;
  const place = state.backend === 's3' ? `${state.bucket}/${state.key}` : state.name;
  const earlier = seen.get(place);
  seen.set(place, account.name);
  if (earlier === undefined) return;
  const key = state.backend === 's3' ? 'key' : 'name';
  const example = state.backend === 's3' ? state.key : state.name;
  at(`state.${key}`)({
    what: `the accounts ${earlier} and ${account.name} would have one state, ${shown(place)}`,
    fix: `Put ${ACCOUNT_IN_STATE} in it, such as ${withAccount(example)}`,
  });
}

/** `gitlab-aws-oidc/terraform.tfstate` as `gitlab-aws-oidc/{account}/terraform.tfstate`. */
export function withAccount(place: string): string {
  const slash = place.lastIndexOf('/');
  return slash < 0
    ? `${place}-${ACCOUNT_IN_STATE}`
    : `${place.slice(0, slash)}/${ACCOUNT_IN_STATE}${place.slice(slash)}`;
}

/** The name stands in folders, CI jobs and environments. */
export function checkAccountName(name: string): Flaw | undefined {
  if (name in Object.prototype) {
    return { what: `${shown(name)} cannot be the name of an account`, fix: 'Use another' };
  }
  if (/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name) && !name.includes('--')) return undefined;
  return {
    what: `${shown(name)} is not a name for an account`,
    fix: 'Use at most 32 lower-case letters and digits, with single hyphens in between',
  };
}

function checkSource(source: Answers['accounts_from'], at: At): void {
  checkList(source?.organizational_units, itself, checkUnit, (where) =>
    at(`accounts_from.organizational_units${where}`),
  );
  if (source?.tags && Object.keys(source.tags).length === 0) {
    at('accounts_from.tags')({ what: 'it names no tag', fix: 'Leave it out' });
  }
}

function checkIds(accounts: readonly Account[], at: At): void {
  const seen = new Map<string, string>();
  accounts.forEach(({ name, id }, index) => {
    if (id === undefined) return;
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      at(`accounts[${index}].id`)({
        what: `${shown(id)} is the ID of the account ${earlier} too`,
        fix: 'Correct one of them, or remove one of the two accounts',
      });
    }
    seen.set(id, name);
  });
}

function checkNames(given: readonly string[] | undefined, names: ReadonlySet<string>, at: At) {
  checkList(
    given,
    (name) => name,
    (name) => checkKnown(name, names),
    at,
  );
}

function checkKnown(name: string, names: ReadonlySet<string>): Flaw | undefined {
  if (names.has(name)) return undefined;
  return {
    what: `there is no account ${shown(name)}`,
    ...(names.size === 0
      ? { flagFix: 'Leave it out: the answers are for one account without a name' }
      : {}),
    fix: names.size === 0 ? 'Add it to accounts, or remove this' : fixOfUnknown(name, [...names]),
  };
}

function checkDifference(
  name: string,
  names: ReadonlySet<string>,
  own: readonly string[] | undefined,
): Flaw | undefined {
  if (names.has(name) && own && !own.includes(name)) {
    return {
      what: `the role is not in the account ${shown(name)}, so nothing can differ there`,
      fix: 'Add the account to accounts of the role, or remove the difference',
    };
  }
  return checkKnown(name, names);
}
