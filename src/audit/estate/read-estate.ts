import { join } from 'node:path';
import { gitlabIssuers } from '../../access/gitlab-issuers.ts';
import type {
  Inventory,
  ProviderFacts,
  RoleContext,
  UnreadableItem,
} from '../../access/role-context.ts';
import { ANSWERS_FILE } from '../../answers/file-names.ts';
import { mergeInventories } from '../../aws/inputs/merge.ts';
import { type InputText, isConfiguration, readInventory } from '../../aws/inputs/read-inputs.ts';
import { isBeside } from '../../aws/inputs/terraform/hcl-files.ts';
import { estateOf } from '../../lint/estate.ts';
import { type InputFile, listInputFiles, readInputFile } from '../../repository/input-files.ts';
import { readRoleInputs } from '../../repository/policy-inputs.ts';
import { ProblemError } from '../../text/problem.ts';
import { readCurrentFile } from '../../workspace/current-files.ts';
import type { LiveReading } from '../live/read-live.ts';
import { organizationRules, undecidedPolicies } from '../reach/policies.ts';
import type { AuditedEstate } from './estate.ts';
import { FoundRoles } from './found-roles.ts';
import { passesTo } from '../chains/passing.ts';
import type { EstateRole } from './estate-role.ts';
import { type EstateProvider, providersOfEstate } from './providers.ts';
import { readRole, servicesOf } from './read-role.ts';
import {
  liveProviders,
  liveRules,
  notesOfVisits,
  readVisit,
  unreadVisits,
} from './live-accounts.ts';
import { glance, Owners } from './scan.ts';
import { SharedParts } from './shared.ts';

/** What a first look at all inputs finds: everything but the dumps, which are read one at a time afterwards. */
interface Survey {
  readonly dumps: InputFile[];
  readonly inventories: Inventory[];
  readonly owners: Owners;
  readonly listed: Set<string>;
  readonly gitlabs: Set<string>;
  readonly unreadable: UnreadableItem[];
  readonly notes: string[];
  /** Standard input, which cannot be read twice. */
  readonly held: Map<string, string>;
}

/**
 * Reads an estate. What AWS prints of an account is read by itself and given up before the next, so memory holds one dump,
 * and of each role what an audit needs. A file that cannot be read is an item of the result.
 *
 * @param issuers known to be GitLab, without `https://`
 * @param live what AWS was asked for
 * @param onDump is called before each dump, with its number and how many there are
 * @throws {ProblemError} for an input that does not exist, or where there is no role in any
 */
export async function readEstate(
  inputs: readonly string[],
  issuers: readonly string[],
  live?: LiveReading,
  onDump: (number: number, of: number) => void = () => undefined,
): Promise<AuditedEstate> {
  const survey = await surveyOf(inputs);
  const visits = live?.visits ?? [];
  const asked = visits.flatMap(({ found }) => found ?? []);
  for (const { account } of asked) survey.listed.add(account);
  const small = mergeInventories(survey.inventories);
  const providers = providersOfEstate(
    [...small.providers, ...asked.flatMap(liveProviders)],
    (file) => survey.owners.of(file),
  );
  const isGitlab = gitlabIssuers(
    small.roles.map(({ trust }) => trust),
    [...issuers, ...survey.gitlabs, ...asked.flatMap(({ gitlabs }) => gitlabs)],
  );
  const rulesOfAsked = liveRules(asked);
  const rules = organizationRules(small.policies);
  const reading = {
    lint: estateOf(isGitlab),
    organizationOf: (account: string) => rulesOfAsked(account) ?? rules,
    share: new SharedParts(),
  };
  const ofAccount = providerIndex(providers);
  const found = new FoundRoles();
  const unreadable = [
    ...survey.unreadable,
    ...small.unreadable,
    ...(live ? unreadVisits(live) : []),
  ];
  const take = (roles: readonly RoleContext[]) => {
    const once = roles.map((role) => readRole(role, reading));
    const passed = servicesPassed(once.flatMap(({ kept }) => kept ?? []));
    for (const [at, role] of roles.entries()) {
      const isPassed = servicesOf(role.trust).some((one) => passed.has(one));
      const read = isPassed ? readRole(role, { ...reading, isPassed }) : once[at];
      if (read) found.add(read);
    }
  };
  take(withProviders(small, ofAccount));
  const dumps = [
    ...survey.dumps.map((dump) => () => readDump(dump, survey.held)),
    ...asked.map((account) => () => readVisit(account)),
  ];
  for (const [at, read] of dumps.entries()) {
    onDump(at + 1, dumps.length);
    const inventory = await read();
    unreadable.push(...inventory.unreadable);
    take(withProviders(inventory, ofAccount));
  }
  // Where no account of an organization could be read, that is the result.
  if (found.size === 0 && visits.length < 2) throw nothingFound(inputs, unreadable);
  return {
    inputs: [...inputs, ...(live ? [inputOf(live)] : [])],
    ...found.result(),
    providers,
    listed: survey.listed,
    isGitlab,
    unreadable: unreadable.map(withoutText),
    notes: [...survey.notes, ...undecidedPolicies(small.policies), ...notesOfVisits(visits)],
    visits,
  };
}

function inputOf({ identity, organization }: LiveReading): string {
  return organization === undefined
    ? `AWS, as ${identity}`
    : `AWS, the organization of ${identity}, by the role ${organization}`;
}

async function surveyOf(inputs: readonly string[]): Promise<Survey> {
  const survey: Survey = {
    dumps: [],
    inventories: [],
    owners: new Owners(),
    listed: new Set(),
    gitlabs: new Set(),
    unreadable: [],
    notes: [],
    held: new Map(),
  };
  const lists: string[] = [];
  for (const input of inputs) {
    if (isRepository(input)) {
      const { inventory, facts, notes = [] } = await readRoleInputs([input]);
      survey.inventories.push(inventory);
      survey.notes.push(...notes);
      for (const issuer of facts.issuers ?? []) survey.gitlabs.add(issuer);
      continue;
    }
    // Modules lead from folder to folder, so the configurations of an input are read together.
    const hcl: InputText[] = [];
    const beside: InputText[] = [];
    for (const file of await listInputFiles(input)) {
      const text = await textOf(file, survey.unreadable);
      if (text === undefined) continue;
      const { isDump, accounts, listsProviders, gitlabs } = glance(text);
      if (accounts.length === 1) survey.owners.note(file.file, accounts);
      if (listsProviders) lists.push(file.file);
      for (const issuer of gitlabs) survey.gitlabs.add(issuer);
      if (isDump) {
        survey.dumps.push(file);
        if (file.file === '-') survey.held.set(file.file, text);
      } else if (isConfiguration({ ...file, text })) hcl.push({ ...file, text });
      else if (file.isFound && isBeside(file.file)) beside.push({ ...file, text });
      else survey.inventories.push(readInventory([{ ...file, text }]));
    }
    if (hcl.length > 0) survey.inventories.push(readInventory([...hcl, ...beside]));
  }
  for (const file of lists) {
    const account = survey.owners.of(file);
    if (account !== undefined) survey.listed.add(account);
  }
  for (const { arn } of survey.inventories.flatMap(({ providers }) => listedProviders(providers))) {
    const account = /::(\d{12}):/.exec(arn ?? '')?.[1];
    if (account !== undefined) survey.listed.add(account);
  }
  return survey;
}

/** Only a list of providers has ARNs without anything else. */
function listedProviders(providers: readonly ProviderFacts[]): readonly ProviderFacts[] {
  return providers.filter(({ arn, clientIds }) => arn !== undefined && clientIds === undefined);
}

function isRepository(input: string): boolean {
  if (input === '-') return false;
  if (/\.ya?ml$/.test(input) && input.endsWith(ANSWERS_FILE)) return true;
  try {
    return readCurrentFile(input, ANSWERS_FILE) !== undefined;
  } catch {
    return false;
  }
}

async function textOf(
  { file, isFound }: InputFile,
  unreadable: UnreadableItem[],
): Promise<string | undefined> {
  try {
    return await readInputFile(file);
  } catch (error) {
    if (!(error instanceof ProblemError) || !isFound) throw error;
    for (const { what, fix } of error.problems)
      unreadable.push({ place: { file, path: '' }, what, fix });
    return undefined;
  }
}

async function readDump(dump: InputFile, held: ReadonlyMap<string, string>): Promise<Inventory> {
  const unreadable: UnreadableItem[] = [];
  const text = held.get(dump.file) ?? (await textOf({ ...dump, isFound: true }, unreadable));
  if (text === undefined) return { roles: [], providers: [], policies: [], unreadable };
  return readInventory([{ ...dump, text }]);
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

function withProviders(
  inventory: Inventory,
  ofAccount: (account: string) => readonly EstateProvider[],
): readonly RoleContext[] {
  const accounts = new Set(inventory.roles.map(({ key }) => key.account));
  const providers = [...new Set([...accounts].flatMap(ofAccount))];
  return mergeInventories([{ ...inventory, providers }]).roles;
}

/** Services to which some role of a dump passes others: what those may do is then of interest. */
function servicesPassed(roles: readonly EstateRole[]): ReadonlySet<string> {
  const paths = roles.flatMap(passesTo).map(({ path }) => path.service);
  return new Set(paths.filter((one) => one !== undefined));
}

/** Lines are looked up now, since the text is given up. */
function withoutText({ place, ...rest }: UnreadableItem): UnreadableItem {
  const { file, path, line } = place;
  return { ...rest, place: { file, path, line } };
}

function nothingFound(
  inputs: readonly string[],
  unreadable: readonly UnreadableItem[],
): ProblemError {
  const [first] = unreadable;
  return new ProblemError([
    {
      where: first ? join(first.place.file) : inputs.join(' '),
      what: first?.what ?? 'It holds no role',
      fix: first?.fix ?? 'Give dumps of accounts: docs/audit.md has the commands',
    },
  ]);
}
