import type { Inventory, RoleContext } from '../../access/role-context.ts';
import { accountOf } from '../../aws/inputs/collector.ts';
import { mergeInventories } from '../../aws/inputs/merge.ts';
import { estateOf } from '../../lint/estate.ts';
import { passesTo } from '../chains/passing.ts';
import type { OrganizationRules } from '../reach/policies.ts';
import { beginPart } from '../../text/bounded-cache.ts';
import type { AuditedEstate } from './estate.ts';
import type { EstateRole } from './estate-role.ts';
import { FoundRoles } from './found-roles.ts';
import { neededRoles } from './needed-roles.ts';
import type { EstateProvider } from './providers.ts';
import { type ReadRole, readRole, servicesOf } from './read-role.ts';
import { SharedParts } from './shared.ts';

/** What is known before the roles are read. */
export interface EstateFacts {
  readonly isGitlab: (issuer: string) => boolean;
  /** The SCPs and RCPs that hold for an account. */
  readonly organizationOf: (account: string) => OrganizationRules;
  readonly providers: readonly EstateProvider[];
}

/**
 * Takes the roles of one input after the other. Which roles are needed is decided as soon as all roles of their accounts are known,
 * so that memory grows with them alone.
 */
export class RolesOfInputs {
  readonly #found = new FoundRoles();
  readonly #share = new SharedParts();
  readonly #providersOf: (account: string) => readonly EstateProvider[];
  /** The input that an account was in first. */
  readonly #first = new Map<string, number>();
  readonly #again = new Set<number>();

  constructor(private readonly facts: EstateFacts) {
    this.#providersOf = providerIndex(facts.providers);
  }

  /**
   * Inputs to read once more when all were taken: their accounts turned out to be in others, too, so that roles of one can become
   * roles of the other.
   */
  get again(): readonly number[] {
    return [...this.#again];
  }

  /** @param input its number */
  take(input: number, inventory: Inventory): void {
    const roles = this.#read(inventory);
    this.#found.add(input, this.#isAlone(input, inventory) ? needed(roles) : roles);
  }

  takeAgain(input: number, inventory: Inventory): void {
    this.#found.keepOthers(input, this.#read(inventory));
  }

  get isEmpty(): boolean {
    return this.#found.isEmpty;
  }

  result(): Pick<AuditedEstate, 'roles' | 'roleCounts'> {
    return this.#found.result();
  }

  /** Whether no input before has roles of the same accounts. */
  #isAlone(input: number, { roles }: Inventory): boolean {
    const accounts = new Set(roles.map(({ arn, key }) => accountOf(arn) ?? key.account));
    const before = [...accounts].flatMap((account) => this.#first.get(account) ?? []);
    for (const one of before) this.#again.add(one);
    for (const account of accounts) if (!this.#first.has(account)) this.#first.set(account, input);
    return before.length === 0;
  }

  #read(inventory: Inventory): ReadRole[] {
    beginPart();
    // What is computed for one role serves others of its account, seldom those of another.
    const reading = {
      lint: estateOf(this.facts.isGitlab),
      share: this.#share,
      organizationOf: this.facts.organizationOf,
    };
    const roles = this.#withProviders(inventory);
    const once = roles.map((role) => readRole(role, reading));
    const passed = servicesPassed(once.flatMap(({ kept }) => kept ?? []));
    return roles.flatMap((role, at) => {
      const isPassed = servicesOf(role.trust).some((one) => passed.has(one));
      return isPassed ? readRole(role, { ...reading, isPassed }) : (once[at] ?? []);
    });
  }

  #withProviders(inventory: Inventory): readonly RoleContext[] {
    const accounts = new Set(inventory.roles.map(({ key }) => key.account));
    const providers = [...new Set([...accounts].flatMap(this.#providersOf))];
    return mergeInventories([{ ...inventory, providers }]).roles;
  }
}

/** The same roles, of which only those are kept that are needed. */
function needed(roles: readonly ReadRole[]): readonly ReadRole[] {
  const all = neededRoles(roles.flatMap(({ kept }) => kept ?? []));
  return roles.map((one) =>
    one.kept === undefined || all.has(one.kept) ? one : { ...one, kept: undefined },
  );
}

/** Providers that roles of an account may trust. */
function providerIndex(
  providers: readonly EstateProvider[],
): (account: string) => readonly EstateProvider[] {
  const known = new Map<string, EstateProvider[]>();
  for (const provider of providers) {
    const account = provider.account ?? '';
    known.set(account, [...(known.get(account) ?? []), provider]);
  }
  return (account) => [...(known.get(account) ?? []), ...(known.get('') ?? [])];
}

/** Services to which some role of an input passes others: what those may do is then of interest. */
function servicesPassed(roles: readonly EstateRole[]): ReadonlySet<string> {
  const paths = roles.flatMap(passesTo).map(({ path }) => path.service);
  return new Set(paths.filter((one) => one !== undefined));
}
