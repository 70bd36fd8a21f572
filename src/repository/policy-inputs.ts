import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { controlsIn, nameOfControl } from '../access/controls.ts';
import { undecidedPolicies } from '../access/reach/organization.ts';
import type { Inventory, OrganizationPolicy, RoleContext } from '../access/role-context.ts';
import { ANSWERS_FILE } from '../answers/file-names.ts';
import { completeAnswers, readAnswersText, type AnswersFile } from '../answers/read.ts';
import { mergeInventories } from '../aws/inputs/merge.ts';
import { readInventory, type InputText } from '../aws/inputs/read-inputs.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import type { Answers } from '../answers/schema.ts';
import { blueprintOf } from '../blueprint/build.ts';
import { NOTHING_PLACED, type Placement } from '../blueprint/parts/placement.ts';
import { boundaryDocuments, lintFactsOf, pipelineRolesOf } from '../blueprint/policies.ts';
import { totalsOf } from '../compare/compare-inventories.ts';
import { headlines } from '../compare/words.ts';
import type { LintFacts } from '../lint/lint-context.ts';
import { placeText } from '../access/place.ts';
import { ProblemError } from '../text/problem.ts';
import { deployedOtherwise, differenceTo, inventoryOf } from './deployed.ts';
import { placementOfLock } from './earlier.ts';
import { guardOf, underControls } from './guard.ts';
import { LOCK_FILE, readLock } from './lock.ts';
import { SYNTHESIZED, synthesizedIn } from './synthesized.ts';
import { readCurrentFile } from '../workspace/current-files.ts';
import { readFilesOfInput } from './input-files.ts';

/** Roles to look at, and the blueprint that they follow from, where there is one. */
export interface RoleInputs {
  /** What the user named, for reports. */
  readonly source: string;
  readonly inventory: Inventory;
  readonly facts: LintFacts;
  readonly blueprint?: Blueprint;
  /** The answers that the blueprint follows from. */
  readonly answers?: AnswersFile;
  /** The roles with which the pipeline of a generated repository signs in. */
  readonly pipeline?: readonly RoleContext[];
  /** What the reader must know first, such as that the HCL is not as the answers say. */
  readonly notes?: readonly string[];
}

/** The inputs with the roles of the pipeline, which no Terraform of the repository deploys: the answers alone say them. */
export function withPipeline(inputs: RoleInputs): RoleInputs {
  const { inventory, pipeline = [] } = inputs;
  return { ...inputs, inventory: { ...inventory, roles: [...inventory.roles, ...pipeline] } };
}

/**
 * Reads generated repositories, answers files, and everything in which roles are found; `-` is standard input.
 *
 * @throws {ProblemError} where an input cannot be read, or nothing that was asked for is in any of them
 */
export async function readRoleInputs(inputs: readonly string[]): Promise<RoleInputs> {
  const read: RoleInputs[] = [];
  for (const input of inputs) read.push(await readOne(input));
  const inventory = mergeInventories(read.map((one) => one.inventory));
  const [first, ...others] = read;
  if (inventory.roles.length === 0) throw nothingFound(inputs, inventory);
  if (first && others.length === 0) return underGiven({ ...first, inventory });
  return underGiven({
    source: inputs.join(' '),
    inventory,
    facts: { issuers: read.flatMap(({ facts }) => facts.issuers ?? []) },
    notes: read.flatMap(({ notes = [] }) => notes),
    pipeline: read.flatMap(({ pipeline = [] }) => pipeline),
  });
}

/** The inputs, where the RCPs among them hold for all roles. */
function underGiven(inputs: RoleInputs): RoleInputs {
  const { policies } = inputs.inventory;
  const given = controlsIn(policies);
  const notes = undecidedPolicies(policies);
  const all = { ...inputs, notes: [...(inputs.notes ?? []), ...notes] };
  return given.length > 0 ? withControls(all, given, 'the input') : all;
}

/** The inputs, where some RCPs hold for all roles, which nothing in them says. */
function withControls(
  inputs: RoleInputs,
  more: readonly OrganizationPolicy[],
  of: string,
): RoleInputs {
  const { inventory, pipeline, notes = [] } = inputs;
  const names = more.map(nameOfControl).slice(0, MOST_NAMES).join(', ');
  return {
    ...inputs,
    inventory: underControls(inventory, more),
    ...(pipeline && { pipeline: underControls({ roles: pipeline }, more).roles }),
    notes: [
      ...notes,
      `Assumed to hold for all roles of ${of}: RCP ${names}. An RCP does not hold in the management account of its organization`,
    ],
  };
}

async function readOne(input: string): Promise<RoleInputs> {
  // What is in a repository may be anything, such as a FIFO that nobody writes to.
  const answers =
    input === '-' || !isFolder(input) ? undefined : readCurrentFile(input, ANSWERS_FILE);
  if (answers) {
    const file = join(input, ANSWERS_FILE);
    const lock = readCurrentFile(input, LOCK_FILE)?.text;
    return deployed(ofAnswers({ file, text: answers.text, isFound: false }, input, lock), input);
  }
  const texts = await readFilesOfInput(input);
  const [only] = texts;
  if (only && !only.isFound && isAnswers(only.text)) return ofAnswers(only, input);
  const inventory = readInventory(texts);
  return { source: input, inventory, facts: {}, notes: notesOn(inventory) };
}

/** So many names of files are listed. */
const MOST_NAMES = 5;

function notesOn(inventory: Inventory): string[] {
  return [...notesOnFiles(inventory), ...notesOnVariables(inventory)];
}

/** A value that a file gives is not the only one that Terraform or CloudFormation may get. */
export function notesOnVariables({ assumed = [] }: Inventory): string[] {
  return assumed.map(
    (one) =>
      `Taken from the files: ${one}. Values given elsewhere (-var, TF_VAR_…, stack parameters) are not seen`,
  );
}

function notesOnFiles({ passedOver = [] }: Inventory): string[] {
  if (passedOver.length === 0) return [];
  const names = passedOver.slice(0, MOST_NAMES).join(', ');
  const more = passedOver.length > MOST_NAMES ? `, and ${passedOver.length - MOST_NAMES} more` : '';
  return [`Nothing was recognized in ${passedOver.length} of the files: ${names}${more}`];
}

/** Whether files can be looked up in it: the `.` of another folder, or of a file, cannot. */
function isFolder(input: string): boolean {
  return existsSync(`${input}/.`);
}

/** Answers are YAML with a version; a template of CloudFormation has resources. */
function isAnswers(text: string): boolean {
  return !/^\s*[[{]/.test(text) && /^(version|roles):/m.test(text) && !/^Resources:/m.test(text);
}

function ofAnswers({ file, text }: InputText, input: string, lock?: string): RoleInputs {
  const answers = readAnswersText(text, file);
  const complete = completeAnswers(answers.draft, answers.locate);
  const blueprint = blueprintOf(complete, placementFor(complete, lock));
  const inventory = inventoryOf(blueprint, file);
  return {
    source: input,
    inventory,
    facts: lintFactsOf(blueprint),
    blueprint,
    answers,
    pipeline: pipelineRolesOf(blueprint, file),
  };
}

/** As an update would have it; a lock file that is not one is for the update to report. */
function placementFor(answers: Answers, lock: string | undefined): Placement {
  if (lock === undefined) return NOTHING_PLACED;
  try {
    return placementOfLock(readLock(lock, LOCK_FILE), answers);
  } catch (error) {
    if (error instanceof ProblemError) return NOTHING_PLACED;
    throw error;
  }
}

/**
 * The roles of a generated repository are those of its HCL, since that is what Terraform applies, and those of the app in
 * TypeScript where it was synthesized to something else.
 */
async function deployed(inputs: RoleInputs, repository: string): Promise<RoleInputs> {
  const { blueprint } = inputs;
  if (blueprint === undefined) return inputs;
  const found = await withApp(await withHcl(inputs, blueprint, repository), blueprint, repository);
  // Terraform names the boundary by its ARN, and the bootstrap creates it.
  const documents = new Map([
    ...boundaryDocuments(blueprint),
    ...(found.inventory.documents ?? []),
  ]);
  const all = { ...found, inventory: { ...found.inventory, documents } };
  const guard = guardOf(repository);
  return guard ? withControls(all, [guard], repository) : all;
}

async function withHcl(
  inputs: RoleInputs,
  blueprint: Blueprint,
  repository: string,
): Promise<RoleInputs> {
  const found = await deployedOtherwise(repository, blueprint);
  if (found === undefined) return inputs;
  const { comparison, inventory } = found;
  const answers = headlines(comparison, totalsOf(comparison)).join(' ');
  return {
    ...inputs,
    inventory,
    notes: [
      ...notesOnVariables(inventory),
      `${join(repository, 'terraform')} is not as ${ANSWERS_FILE} says, and what follows is about ${join(repository, 'terraform')}. From the answers to the HCL: ${answers}`,
    ],
  };
}

async function withApp(
  inputs: RoleInputs,
  blueprint: Blueprint,
  repository: string,
): Promise<RoleInputs> {
  const app = await synthesizedIn(repository, blueprint);
  if (app === undefined) return inputs;
  const { inventory, notes = [] } = inputs;
  const folder = join(repository, SYNTHESIZED);
  if (!app.isFresh) {
    const note = `${folder} is not read: it is older than ${app.changed}`;
    return { ...inputs, notes: [...notes, note] };
  }
  const other = notes.length > 0 ? inventory : inventoryOf(blueprint);
  const guard = guardOf(repository);
  const difference = differenceTo(app.inventory, other, blueprint.issuer.prefix, guard);
  if (difference === undefined) return inputs;
  const { comparison } = difference;
  const from = notes.length > 0 ? join(repository, 'terraform') : ANSWERS_FILE;
  const answers = headlines(comparison, totalsOf(comparison)).join(' ');
  const own = app.inventory.roles.map((role) => ({
    ...role,
    label: `${role.name ?? role.label} (${SYNTHESIZED})`,
  }));
  return {
    ...inputs,
    inventory: mergeInventories([inventory, { ...app.inventory, roles: own }]),
    notes: [
      ...notes,
      `${folder} is not as ${from} says, and what follows is about both. From ${from} to ${SYNTHESIZED}: ${answers}`,
    ],
  };
}

function nothingFound(
  inputs: readonly string[],
  { unreadable, policies }: Inventory,
): ProblemError {
  if (unreadable.length > 0)
    return new ProblemError(
      unreadable.map(({ place, what, fix }) => ({ where: placeText(place), what, fix })),
    );
  return new ProblemError([
    {
      where: inputs.join(' '),
      what:
        policies.length > 0
          ? 'It holds no trust policy: no statement has a Principal that may assume a role'
          : 'It holds no role',
      fix: 'Give an input that holds roles or trust policies',
    },
  ]);
}
