import type { Inventory, RoleContext } from '../../access/role-context.ts';
import { accountOf, ANY_ACCOUNT } from '../../iam/arn.ts';
import { mergeInventories } from '../../aws/inputs/merge.ts';
import { estateOf } from '../../lint/estate.ts';
import { passesTo } from '../chains/passing.ts';
import type { OrganizationRules } from '../../access/reach/organization.ts';
import { DocumentsOfInputs } from './documents-of-inputs.ts';
import type { AuditedEstate } from './estate.ts';
import type { EstateRole } from './estate-role.ts';
import { FoundRoles } from './found-roles.ts';
import { neededRoles } from './needed-roles.ts';
import type { EstateProvider } from './providers.ts';
import { type ReadRole, readRole, servicesOf } from './read-role.ts';
import { SharedParts } from './shared.ts';

const NO_SERVICE: ReadonlySet<string> = new Set();
const NOTHING: Inventory = { roles: [], providers: [], policies: [], unreadable: [] };

/** What is known before the roles are read. */
export interface EstateFacts {
  readonly isGitlab: (issuer: string) => boolean;
  /** ISO 8601: no request before it counts. */
  readonly since: string | undefined;
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
  /** Services to which roles of an account pass others, over all inputs: what those may do is then of interest. */
  readonly #passed = new Map<string, Set<string>>();
  /** How many of them were known of each account when an input was read. */
  readonly #passedBefore = new Map<number, ReadonlyMap<string, number>>();
  readonly #documents = new DocumentsOfInputs();

  constructor(private readonly facts: EstateFacts) {
    this.#providersOf = providerIndex(facts.providers);
  }

  /** Inputs to read once more when all were taken, for documents that roles of others need. */
  get withDocuments(): ReadonlySet<number> {
    return this.#documents.toRead;
  }

  learn(inventory: Inventory): void {
    this.#documents.learn(inventory);
  }

  /**
   * Inputs to read once more when all were taken, until there is none: their accounts turned out to be in others, too, so that
   * roles of one can become roles of the other, or an input that was read later says more of their roles.
   */
  get again(): readonly number[] {
    const outdated = [...this.#passedBefore].flatMap(([input, before]) =>
      [...before].some(([account, count]) => this.#passedIn(account).size > count) ? [input] : [],
    );
    return [...new Set([...this.#again, ...outdated, ...this.#documents.toReadAgain])];
  }

  /** @param input its number */
  take(input: number, inventory: Inventory): void {
    const roles = this.#read(input, inventory);
    this.#found.add(input, this.#isAlone(input, inventory) ? needed(roles) : roles);
  }

  takeAgain(input: number, inventory: Inventory): void {
    this.#again.delete(input);
    this.#found.keepOthers(input, this.#read(input, inventory));
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

  #read(input: number, inventory: Inventory): ReadRole[] {
    // What is computed for one role serves others of its account, seldom those of another.
    const reading = {
      lint: estateOf(this.facts.isGitlab, this.facts.since),
      share: this.#share,
      organizationOf: this.facts.organizationOf,
    };
    const roles = this.#withFacts(inventory);
    this.#documents.note(input, inventory, roles);
    const once = roles.map((role) => readRole(role, reading));
    for (const { kept } of once) if (kept) this.#notePassed(kept);
    const accounts = new Set(roles.map(({ arn }) => accountOf(arn) ?? ''));
    this.#passedBefore.set(
      input,
      new Map([...accounts].map((account) => [account, this.#passedIn(account).size])),
    );
    return roles.flatMap((role, at) => {
      const passed = this.#passedIn(accountOf(role.arn) ?? '');
      const isPassed = servicesOf(role.trust).some((one) => passed.has(one));
      return isPassed ? readRole(role, { ...reading, isPassed }) : (once[at] ?? []);
    });
  }

  #passedIn(account: string): ReadonlySet<string> {
    return this.#passed.get(account) ?? NO_SERVICE;
  }

  #notePassed(role: EstateRole): void {
    const services = passesTo(role).flatMap(({ path }) => path.service ?? []);
    if (services.length === 0) return;
    const account = accountOf(role.arn) ?? '';
    this.#passed.set(account, new Set([...this.#passedIn(account), ...services]));
  }

  /** The roles with what other inputs say of their account: providers, and documents of managed policies. */
  #withFacts(inventory: Inventory): readonly RoleContext[] {
    const accounts = new Set(inventory.roles.map(({ key }) => key.account));
    const providers = [...new Set([...accounts].flatMap(this.#providersOf))];
    const { known } = this.#documents;
    const more = known.size > 0 ? [{ ...NOTHING, documents: known }] : [];
    return mergeInventories([{ ...inventory, providers }, ...more]).roles;
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
    // What a configuration makes is in whichever account its roles are in.
    const isAnywhere = provider.account !== undefined && provider.owner !== provider.account;
    const account = isAnywhere ? ANY_ACCOUNT : (provider.account ?? '');
    known.set(account, [...(known.get(account) ?? []), provider]);
  }
  return (account) => [...(known.get(account) ?? []), ...(known.get('') ?? [])];
}
