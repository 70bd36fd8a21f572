import { partitionOf } from '../iam/role-fields.ts';
import type { Account, Answers, Role } from './schema.ts';

/** In the place of a state, it stands for the name of the account. */
export const ACCOUNT_IN_STATE = '{account}';

/** What the answers come to in one account. */
export interface AccountAnswers {
  /** `undefined` where the answers are for one account without a name. */
  readonly name: string | undefined;
  /** The answers as if they were for this account alone: its own values, and the roles that live in it. */
  readonly answers: Answers;
  /** Where each of those roles stands in the given answers, and whether it differs in this account. */
  readonly places: readonly RolePlace[];
  /** What the account itself says, and its place. */
  readonly account: Account | undefined;
  readonly index: number;
}

/**
 * Where the answers say what holds in one account: `roles[0].refs` may be `roles[2].differences.prod.refs`, and
 * `aws.region` may be `accounts[1].region`.
 */
export function placeInAnswers(
  { account, index, places }: Pick<AccountAnswers, 'account' | 'index' | 'places'>,
  where: string,
): string {
  const [, position, rest = ''] = /^roles\[(\d+)\](.*)$/s.exec(where) ?? [];
  if (position !== undefined) {
    const place = places[Number(position)];
    if (!place) return where;
    const key = /^\.(\w+)/.exec(rest)?.[1] ?? '';
    const inside = place.replaced.includes(key) ? `.differences.${place.account}` : '';
    return `roles[${place.index}]${inside}${rest}`;
  }
  if (!account) return where;
  const path = where.replace(/^aws\.account_id/, 'aws.id').replace(/^aws\./, '');
  const key = /^\w+/.exec(path)?.[0] ?? '';
  return key in account ? `accounts[${index}].${path}` : where;
}

/** Where a role of one account stands in the answers. */
interface RolePlace {
  readonly index: number;
  /** The keys that the role's differences replace, and in which account. */
  readonly replaced: readonly string[];
  readonly account: string;
}

/** The answers of each account, in order. */
export function accountsOf(answers: Answers): PerAccount {
  const found = known.get(answers) ?? perAccount(answers);
  known.set(answers, found);
  return found;
}

type PerAccount = readonly [AccountAnswers, ...AccountAnswers[]];

/** Answers never change, and are asked for by what checks them and by what follows from them. */
const known = new WeakMap<Answers, PerAccount>();

function perAccount(answers: Answers): PerAccount {
  const [first, ...others] = answers.accounts ?? [];
  if (!first) return [withoutName(answers)];
  // A role that is the same in many accounts is one object, so that what follows from it is worked out once.
  const roles = answers.roles.map(({ accounts, differences, ...role }) => role);
  const { accounts: _, ...common } = answers;
  return [
    inAccount(answers, common, roles, first, 0),
    ...others.map((account, index) => inAccount(answers, common, roles, account, index + 1)),
  ];
}

/** Every role of every account, each once, as if all were in one account: for what does not depend on the account. */
export function inAllAccounts(
  answers: Answers,
  each: readonly AccountAnswers[],
): Pick<AccountAnswers, 'answers' | 'places' | 'account' | 'index'> {
  const seen = new Set<string>();
  const found = each.flatMap((one) =>
    one.answers.roles.flatMap((role, position) => {
      const place = one.places[position];
      if (!place) return [];
      const key = `${place.index} ${place.replaced.length > 0 ? place.account : ''}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ role, place }];
    }),
  );
  found.sort((one, other) => one.place.index - other.place.index);
  return {
    answers: { ...answers, roles: found.map(({ role }) => role) },
    places: found.map(({ place }) => place),
    account: undefined,
    index: 0,
  };
}

function withoutName(answers: Answers): AccountAnswers {
  const places = answers.roles.map((_, index) => ({ index, replaced: [], account: '' }));
  return { name: undefined, answers, places, account: undefined, index: 0 };
}

/**
 * @param common the answers without their accounts
 * @param plain the roles without what only some accounts have
 */
function inAccount(
  { aws, provider, state, roles }: Answers,
  common: Omit<Answers, 'accounts'>,
  plain: readonly Role[],
  account: Account,
  index: number,
): AccountAnswers {
  const { name, id, region } = account;
  const quotas = account.quotas ?? aws.quotas;
  const own = roles.flatMap((role, place) => {
    if (role.accounts && !role.accounts.includes(name)) return [];
    const difference = differenceIn(role, name);
    const here = roleIn(plain[place] ?? role, difference, account);
    return [{ role: here, index: place, replaced: keys(difference) }];
  });
  return {
    name,
    account,
    index,
    answers: {
      ...common,
      aws: {
        partition: region === undefined ? (aws.partition ?? 'aws') : partitionOf(region),
        region: region ?? aws.region,
        ...(id === undefined ? {} : { account_id: id }),
        ...(quotas ? { quotas } : {}),
      },
      provider: account.provider ?? provider,
      state: stateIn(account.state ?? sharedState(state, aws.region, region), name),
      roles: own.map(({ role }) => role),
    },
    places: own.map(({ index: at, replaced }) => ({ index: at, replaced, account: name })),
  };
}

function differenceIn(role: Role, name: string) {
  const { differences } = role;
  return differences && Object.hasOwn(differences, name) ? differences[name] : undefined;
}

function keys(difference: object | undefined): string[] {
  return Object.keys(difference ?? {});
}

type OwnInAccount = NonNullable<Role['differences']>[string];

function roleIn(role: Role, difference: OwnInAccount | undefined, account: Account): Role {
  if (!difference && !account.tags && account.permissions_boundary === undefined) return role;
  const boundary =
    difference?.permissions_boundary ?? role.permissions_boundary ?? account.permissions_boundary;
  const tags = { ...account.tags, ...(difference?.tags ?? role.tags) };
  return {
    ...role,
    ...difference,
    refs: difference?.refs ?? role.refs,
    permissions: difference?.permissions ?? role.permissions,
    ...(boundary === undefined ? {} : { permissions_boundary: boundary }),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  };
}

/**
 * One bucket of all accounts is in one region, whatever that of an account is. In another partition, the bucket of this
 * name is another one.
 */
function sharedState(
  state: Answers['state'],
  general: string,
  own: string | undefined,
): Answers['state'] {
  if (state.backend !== 's3' || state.bucket.includes(ACCOUNT_IN_STATE)) return state;
  const isElsewhere = own === undefined || partitionOf(own) !== partitionOf(general);
  return isElsewhere ? state : { ...state, region: state.region ?? general };
}

function stateIn(state: Answers['state'], name: string): Answers['state'] {
  const filled = (text: string) => text.replaceAll(ACCOUNT_IN_STATE, name);
  switch (state.backend) {
    case 'local':
      return state;
    case 's3':
      return { ...state, bucket: filled(state.bucket), key: filled(state.key) };
    case 'gitlab':
      return { ...state, name: filled(state.name) };
  }
}
