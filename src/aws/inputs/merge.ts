import type {
  AttachedPolicy,
  Inventory,
  ProviderFacts,
  RoleContext,
} from '../../access/role-context.ts';
import { readDocument } from './document.ts';
import { issuerOfArn, issuerOfUrl } from '../../iam/condition-keys.ts';
import { accountOf } from '../../iam/arn.ts';

/**
 * Puts what several inputs hold together: roles get the facts of the providers that they trust, whichever input describes
 * them, and a role whose trust policy one input does not know is taken from the one that does.
 */
export function mergeInventories(inventories: readonly Inventory[]): Inventory {
  const providers = inventories.flatMap((one) => one.providers);
  const byIssuer = new Map<string, ProviderFacts[]>();
  for (const provider of providers) {
    const issuer = issuerOfUrl(provider.url).toLowerCase();
    byIssuer.set(issuer, [...(byIssuer.get(issuer) ?? []), provider]);
  }
  const hasAddresses = inventories.some(({ unreadable }) =>
    unreadable.some(({ address }) => address !== undefined),
  );
  const addresses = inventories.map(
    ({ roles }) =>
      new Set(
        hasAddresses ? roles.flatMap(({ label }) => [label, label.replace(/\[[^\]]*\]$/, '')]) : [],
      ),
  );
  // Two configurations may have the same address for different roles.
  const isElsewhere = (address: string, at: number) =>
    inventories.some(
      ({ isConfiguration }, other) =>
        other !== at &&
        !(isConfiguration && inventories[at]?.isConfiguration) &&
        addresses[other]?.has(address),
    );
  const templates = [...new Set(inventories.flatMap((one) => one.templates ?? []))];
  const documents = documentsOf(inventories);
  const isConfiguration = inventories.every((one) => one.isConfiguration);
  return {
    roles: rolesOnce(inventories).map((one) => {
      const role = documents ? withDocuments(one, documents) : one;
      const found = byIssuer.size === 0 ? NONE : trustedBy(role, byIssuer);
      return found.length + role.providers.length === 0 ? role : { ...role, providers: found };
    }),
    ...(documents && { documents }),
    providers,
    policies: inventories.flatMap((one) => one.policies),
    passedOver: inventories.flatMap(({ passedOver = [] }) => passedOver),
    unreadable: inventories.flatMap((one, at) =>
      one.unreadable.filter(
        ({ address, heldBy = '' }) =>
          !templates.includes(heldBy) && (address === undefined || !isElsewhere(address, at)),
      ),
    ),
    templates,
    assumed: [...new Set(inventories.flatMap(({ assumed = [] }) => assumed))],
    isConfiguration,
  };
}

function documentsOf(inventories: readonly Inventory[]): Inventory['documents'] {
  const [first, ...others] = inventories.flatMap((one) => one.documents ?? []);
  if (first === undefined || others.length === 0) return first;
  // An ARN has its account, so two documents of one are two exports of the same policy.
  return new Map([...others.toReversed(), first].flatMap((one) => [...one]));
}

/** The role with the documents of the managed policies that it names and that another input holds. */
function withDocuments(role: RoleContext, documents: ReadonlyMap<string, unknown>): RoleContext {
  const { policies, boundary } = role;
  const isOpen = (policy: AttachedPolicy) =>
    policy.document === undefined && policy.arn !== undefined && documents.has(policy.arn);
  if (!policies?.some(isOpen) && !(boundary && isOpen(boundary))) return role;
  const filled = (policy: AttachedPolicy): AttachedPolicy => {
    const document = isOpen(policy) ? readDocument(documents.get(policy.arn ?? '')) : undefined;
    // One that cannot be read is reported where it is attached.
    return document && 'json' in document ? { ...policy, document: document.json } : policy;
  };
  return {
    ...role,
    ...(policies && { policies: policies.map(filled) }),
    ...(boundary && { boundary: filled(boundary) }),
  };
}

const NONE: readonly ProviderFacts[] = [];

/** A plan and the files that it was made of describe the same role; where they agree, once is enough. */
function rolesOnce(inventories: readonly Inventory[]): readonly RoleContext[] {
  const configurations = inventories.filter((one) => one.isConfiguration);
  if (configurations.length === 0 || configurations.length === inventories.length)
    return inventories.flatMap((one) => one.roles);
  const given = new Set(
    inventories.flatMap((one) => (one.isConfiguration ? [] : one.roles.map(roleText))),
  );
  return inventories.flatMap((one) =>
    one.roles.filter((role) => !one.isConfiguration || !given.has(roleText(role))),
  );
}

function roleText({ key, label, trust }: RoleContext): string {
  return JSON.stringify([key.account, key.name, label, trust.statements]);
}

function trustedBy(
  { trust, key }: RoleContext,
  byIssuer: ReadonlyMap<string, readonly ProviderFacts[]>,
): readonly ProviderFacts[] {
  const federated = trust.statements.flatMap(({ principal }) =>
    principal.entries.flatMap(({ type, value }) => (type === 'Federated' ? [value] : [])),
  );
  const issuers = new Set(federated.map((arn) => issuerOfArn(arn)?.toLowerCase() ?? ''));
  const found = [...issuers]
    .flatMap((issuer) => byIssuer.get(issuer) ?? [])
    .filter(({ arn }) => isSame(accountOf(arn), key.account));
  return [...new Map(found.map((one) => [factsText(one), one])).values()];
}

/** Two inputs may describe one provider; where they agree, once is enough. */
function factsText({ url, clientIds, thumbprints }: ProviderFacts): string {
  return JSON.stringify([url, clientIds, thumbprints]);
}

/** An account that is not known may be any. */
function isSame(account: string | undefined, other: string): boolean {
  return account === undefined || !/^\d{12}$/.test(other) || account === other;
}
