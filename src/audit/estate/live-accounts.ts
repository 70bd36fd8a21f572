import type {
  AttachedPolicy,
  Inventory,
  ProviderFacts,
  UnreadableItem,
} from '../../access/role-context.ts';
import { readInventory } from '../../aws/inputs/read-inputs.ts';
import type { AccountVisit, LiveAccount, VisitStatus } from '../live/live-account.ts';
import type { LiveReading } from '../live/read-live.ts';
import { levelRules, type OrganizationRules } from '../../access/reach/organization.ts';

/** What reports name as the file of what AWS itself was asked for. */
function placeOf(account: string): { readonly file: string; readonly path: '' } {
  return { file: `AWS account ${account}`, path: '' };
}

/** The roles of an account that was read. There is no text that a line could be looked up in. */
export async function readVisit({ account, details }: LiveAccount): Promise<Inventory> {
  const { file } = placeOf(account);
  const found = readInventory([{ file, text: await details(), isFound: false }]);
  const { roles, unreadable } = found;
  return {
    ...found,
    roles: roles.map(({ place, trustPlace, policies, ...role }) => ({
      ...role,
      ...(policies && { policies: policies.map(withoutLine) }),
      place: { file, path: place.path },
      trustPlace: { file, path: trustPlace.path },
    })),
    unreadable: unreadable.map(({ place, ...rest }) => ({
      ...rest,
      place: { file, path: place.path },
    })),
  };
}

function withoutLine({ place, ...policy }: AttachedPolicy): AttachedPolicy {
  return place ? { ...policy, place: { file: place.file, path: place.path } } : policy;
}

export function liveProviders({ account, providers }: LiveAccount): ProviderFacts[] {
  return providers.map(({ arn, url, clientIds, thumbprints }) => ({
    arn,
    url: url.includes('://') ? url : `https://${url}`,
    clientIds,
    thumbprints: thumbprints.map((one) => one.toLowerCase()),
    place: placeOf(account),
  }));
}

/** The SCPs and RCPs of each account of which they are known; equal ones are read once. */
export function liveRules(
  accounts: readonly LiveAccount[],
): (account: string) => OrganizationRules | undefined {
  const known = new Map<string, OrganizationRules>();
  const rules = new Map(
    accounts.flatMap(({ account, levels = [], unknownPolicies }): [string, OrganizationRules][] => {
      if (unknownPolicies !== undefined) return [];
      const key = JSON.stringify(levels);
      const found = known.get(key) ?? levelRules(levels);
      known.set(key, found);
      return [[account, found]];
    }),
  );
  return (account) => rules.get(account);
}

/** Accounts that could not be read, as items of the input that could not be read. */
export function unreadVisits({ visits, identity, organization }: LiveReading): UnreadableItem[] {
  const role = organization ?? '';
  const fixes: Partial<Record<VisitStatus, string>> = {
    denied:
      organization === undefined
        ? 'Attach the policy of docs/audit.md to the credentials'
        : `Make the role ${role} in that account with the policy of docs/audit.md, and let ${identity} assume it`,
    throttled: AGAIN,
    credentials: `Sign in to AWS again, e.g. with aws sso login. ${AGAIN}`,
    unreachable: `Check the network and the proxy. ${AGAIN}`,
    failed: `${AGAIN}. If it fails again, give a dump of the account`,
  };
  return visits.flatMap(({ account, status, what = '' }) => {
    const fix = fixes[status];
    return fix === undefined
      ? []
      : [{ place: placeOf(account), what: `${WORDS[status]}: ${what}`, fix }];
  });
}

const AGAIN = 'Run it again: accounts that were read are not read again';

const WORDS: Readonly<Record<VisitStatus, string>> = {
  read: 'Read',
  kept: 'Read earlier',
  skipped: 'Skipped',
  denied: 'AWS denied it',
  throttled: 'AWS answers too many requests',
  credentials: 'AWS rejects the credentials',
  unreachable: 'AWS cannot be reached',
  failed: 'AWS answered with an error',
};

/** Accounts of which a note gives the names. */
const NAMED = 5;

/** What the reader must know of the accounts that AWS was asked for. */
export function notesOfVisits(visits: readonly AccountVisit[]): string[] {
  const kept = visits.flatMap(({ status, found }) => (status === 'kept' && found ? [found] : []));
  const skipped = visits.filter(({ status }) => status === 'skipped');
  const unknown = new Map<string, string[]>();
  for (const { found } of visits) {
    if (found?.unknownPolicies === undefined) continue;
    const why = found.unknownPolicies.replaceAll(found.account, 'the account');
    unknown.set(why, [...(unknown.get(why) ?? []), found.account]);
  }
  const [oldest = ''] = kept.map(({ read }) => read).sort();
  return [
    ...(kept.length > 0
      ? [
          `${accounts(kept.length)} ${kept.length === 1 ? 'is' : 'are'} as an earlier run read ${kept.length === 1 ? 'it' : 'them'}, the first at ${oldest}: --fresh reads all again.`,
        ]
      : []),
    ...(skipped.length > 0
      ? [
          `${accounts(skipped.length)} ${skipped.length === 1 ? 'is' : 'are'} suspended and skipped: ${named(skipped.map(({ account, name = '' }) => (name === '' ? account : `${account} (${name})`)))}.`,
        ]
      : []),
    ...[...unknown].map(
      ([why, of]) => `The SCPs and RCPs of ${named(of)} cannot be determined: ${why}.`,
    ),
  ];
}

function accounts(number: number): string {
  return number === 1 ? '1 account' : `${number} accounts`;
}

function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
