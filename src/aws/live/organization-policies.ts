import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  InvalidInputException,
  ListParentsCommand,
  ListPoliciesForTargetCommand,
  OrganizationsClient,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import type { OrganizationPolicy } from '../../access/role-context.ts';
import { ORGANIZATIONS_REGION } from '../organization/list-accounts.ts';
import { regionIn } from '../sdk.ts';
import type { ConnectedSettings, OwnIdentity } from './credentials.ts';

/** The SCPs and RCPs of one account: for each level, from the account up to the root, what is attached there. */
export type PolicyLevels = readonly (readonly OrganizationPolicy[])[];

const KINDS: readonly (readonly [PolicyType, OrganizationPolicy['kind']])[] = [
  ['SERVICE_CONTROL_POLICY', 'service-control'],
  ['RESOURCE_CONTROL_POLICY', 'resource-control'],
];

/** What reads Organizations with these settings. */
export function forOrganizations({ partition, settings }: OwnIdentity): ConnectedSettings {
  return { ...settings, region: regionIn(ORGANIZATIONS_REGION, partition, settings.region) };
}

/** AWS nests units 5 deep below the root. */
const MOST_LEVELS = 10;

/** Asks which policies of an organization hold for accounts. Each unit and each policy is asked for once. */
export class OrganizationPolicies {
  readonly #client: OrganizationsClient;
  readonly #parents = new Map<string, Promise<string | undefined>>();
  readonly #attached = new Map<string, Promise<readonly OrganizationPolicy[]>>();
  readonly #documents = new Map<string, Promise<string>>();
  #management: Promise<string | undefined> | undefined;

  constructor(settings: ConnectedSettings) {
    this.#client = new OrganizationsClient(settings);
  }

  /**
   * @returns `undefined` where no policy holds: for the management account, and outside of an organization
   * @throws what the SDK throws
   */
  async of(account: string): Promise<PolicyLevels | undefined> {
    this.#management ??= this.#managementAccount();
    const management = await this.#management;
    if (management === undefined || management === account) return undefined;
    const levels: (readonly OrganizationPolicy[])[] = [];
    let target: string | undefined = account;
    while (target !== undefined && levels.length < MOST_LEVELS) {
      levels.push(await once(this.#attached, target, (one) => this.#attachedTo(one)));
      target = await once(this.#parents, target, (one) => this.#parentOf(one));
    }
    return levels;
  }

  close(): void {
    this.#client.destroy();
  }

  async #managementAccount(): Promise<string | undefined> {
    try {
      const { Organization: found } = await this.#client.send(new DescribeOrganizationCommand({}));
      return found?.MasterAccountId;
    } catch (error) {
      if (error instanceof Error && error.name.startsWith('AWSOrganizationsNotInUse'))
        return undefined;
      throw error;
    }
  }

  async #parentOf(child: string): Promise<string | undefined> {
    // The root has none, and asking for it is an error.
    if (child.startsWith('r-')) return undefined;
    const { Parents = [] } = await this.#client.send(new ListParentsCommand({ ChildId: child }));
    return Parents[0]?.Id;
  }

  async #attachedTo(target: string): Promise<readonly OrganizationPolicy[]> {
    const found: OrganizationPolicy[] = [];
    for (const [filter, kind] of KINDS)
      for (const { id, name } of await this.#listed(target, filter).catch(noneWhereUnknown)) {
        const text = await once(this.#documents, id, (one) => this.#documentOf(one));
        const place = { file: `policy ${name} of the organization`, path: '' };
        found.push({ kind, name, document: JSON.parse(text) as unknown, place });
      }
    return found;
  }

  async #listed(target: string, filter: PolicyType): Promise<{ id: string; name: string }[]> {
    const found: { id: string; name: string }[] = [];
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListPoliciesForTargetCommand({ TargetId: target, Filter: filter, NextToken: token }),
      );
      for (const { Id = '', Name = Id } of page.Policies ?? []) found.push({ id: Id, name: Name });
      token = page.NextToken === token ? undefined : page.NextToken;
    } while (token !== undefined);
    return found;
  }

  async #documentOf(id: string): Promise<string> {
    const { Policy } = await this.#client.send(new DescribePolicyCommand({ PolicyId: id }));
    return Policy?.Content ?? '{}';
  }
}

/** Where AWS does not have a type of policies, such as RCPs in some partition, none of it holds. @throws anything else */
function noneWhereUnknown(error: unknown): readonly never[] {
  if (error instanceof InvalidInputException && error.Reason === 'INVALID_ENUM_POLICY_TYPE')
    return [];
  throw error;
}

/** What is asked for once is remembered, even while the answer is on its way; a failure is not. */
async function once<T>(
  known: Map<string, Promise<T>>,
  key: string,
  ask: (key: string) => Promise<T>,
): Promise<T> {
  const found = known.get(key) ?? ask(key);
  known.set(key, found);
  void found.catch(() => known.delete(key));
  return found;
}
