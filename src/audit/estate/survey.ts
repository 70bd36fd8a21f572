import type { Inventory, ProviderFacts, UnreadableItem } from '../../access/role-context.ts';
import { ANSWERS_FILE } from '../../answers/file-names.ts';
import { type InputText, isConfiguration, readInventory } from '../../aws/inputs/read-inputs.ts';
import { isBeside } from '../../aws/inputs/terraform/hcl-files.ts';
import { type InputFile, listInputFiles, readInputFile } from '../../repository/input-files.ts';
import { notesOnVariables, readRoleInputs } from '../../repository/policy-inputs.ts';
import { ProblemError } from '../../text/problem.ts';
import { readCurrentFile } from '../../workspace/current-files.ts';
import { placeView } from './read-role.ts';
import { glance, Owners, isTerraformFile } from './scan.ts';

/** What a first look at all inputs finds: everything but the dumps, which are read one at a time afterwards. */
export interface Survey {
  readonly dumps: InputFile[];
  readonly inventories: Inventory[];
  readonly owners: Owners;
  readonly listed: Set<string>;
  readonly gitlabs: Set<string>;
  readonly unreadable: UnreadableItem[];
  readonly notes: string[];
  /** By account, as answers have them. */
  readonly names: Map<string, string>;
  /** Standard input, which cannot be read twice. */
  readonly held: Map<string, string>;
}

export async function surveyOf(inputs: readonly string[]): Promise<Survey> {
  const survey: Survey = {
    dumps: [],
    inventories: [],
    owners: new Owners(),
    listed: new Set(),
    gitlabs: new Set(),
    unreadable: [],
    notes: [],
    names: new Map(),
    held: new Map(),
  };
  const lists: string[] = [];
  const read = (texts: readonly InputText[]) => {
    const inventory = readInventory(texts);
    survey.notes.push(...notesOnVariables(inventory));
    return inventory;
  };
  for (const input of inputs) {
    if (isRepository(input)) {
      const { inventory, facts, blueprint, notes = [] } = await readRoleInputs([input]);
      for (const { name, aws } of blueprint?.stacks ?? [])
        if (name !== undefined && aws.accountId !== undefined)
          survey.names.set(aws.accountId, name);
      survey.inventories.push(inventory);
      survey.notes.push(...notes);
      for (const issuer of facts.issuers ?? []) survey.gitlabs.add(issuer);
      continue;
    }
    // Modules lead from folder to folder, so the configurations of an input are read together.
    const hcl: InputText[] = [];
    const beside: InputText[] = [];
    const files = listInputFiles(input);
    // A configuration may name any file beside it, for its text.
    const isTerraform = files.some(({ file }) => isTerraformFile(file));
    for (const file of files) {
      const text = await textOf(file, survey.unreadable);
      if (text === undefined) continue;
      const look = glance(text);
      const { isDump, listsProviders, gitlabs } = look;
      survey.owners.note(file.file, look);
      if (listsProviders) lists.push(file.file);
      for (const issuer of gitlabs) survey.gitlabs.add(issuer);
      if (isDump) {
        survey.dumps.push(file);
        if (file.file === '-') survey.held.set(file.file, text);
      } else if (isConfiguration({ ...file, text })) hcl.push({ ...file, text });
      else if (isTerraform || (file.isFound && isBeside(file.file))) beside.push({ ...file, text });
      else survey.inventories.push(withoutText(read([{ ...file, text }])));
    }
    if (hcl.length > 0) survey.inventories.push(read([...hcl, ...beside]));
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

/** Most files of an account describe a provider: what is kept of them holds on to nothing of their texts. */
function withoutText(inventory: Inventory): Inventory {
  const { roles, policies, unreadable, providers, templates = [], documents } = inventory;
  if (roles.length + policies.length + unreadable.length > 0) return inventory;
  return {
    ...NOTHING,
    templates,
    providers: providers.map((one) => ({ ...one, place: placeView(one.place) })),
    ...(documents && { documents }),
  };
}

const NOTHING: Inventory = { roles: [], providers: [], policies: [], unreadable: [] };

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

export async function readDump(
  dump: InputFile,
  held: ReadonlyMap<string, string>,
): Promise<Inventory> {
  const unreadable: UnreadableItem[] = [];
  const text = held.get(dump.file) ?? (await textOf({ ...dump, isFound: true }, unreadable));
  if (text === undefined) return { ...NOTHING, unreadable };
  return readInventory([{ ...dump, text }]);
}
