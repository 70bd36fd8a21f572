import { basename, dirname, join } from 'node:path';
import type { Inventory, UnreadableItem } from '../../../access/role-context.ts';
import { LineNumbers } from '../../../text/line-numbers.ts';
import { Collector, FIX_CONFIGURATION } from '../collector.ts';
import { parseHcl } from '../hcl/parse-body.ts';
import { type Body, type HclExpression, SyntaxFault } from '../hcl/syntax.ts';
import { parseJson } from '../text/parse-json.ts';
import { jsonSource, placeAt, type Source } from '../text/source.ts';
import {
  addressOf,
  argumentsOf,
  type Configuration,
  configurationOf,
  overridden,
  type PlacedBlock,
  type BlockPlace,
  textIn,
} from './configuration.ts';
import { Budget } from './evaluate/budget.ts';
import { blocksOfJson, isWhole, NOT_A_BLOCK } from './json-configuration.ts';
import { templateIn } from './json-expression.ts';
import type { Modules } from './module/modules.ts';
import { readConfiguration } from './read-configuration.ts';
import { VariableFiles } from './variable-files.ts';

export interface HclFile {
  readonly file: string;
  readonly text: string;
}

/** What one root makes; the folder is that of the root, without one it is of no root. */
export type InventoryOfRoot = Inventory & { readonly folder: string | undefined };

/** Whether a text is HCL of Terraform: it begins with one of its blocks. */
export function isHcl(text: string): boolean {
  const code = text.replace(/^(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/, '');
  return /^(resource|data|provider|terraform|locals|variable|output|module|import|moved|removed|check)\b[^\n=]*\{/.test(
    code,
  );
}

/** Whether a file is the configuration of Terraform in JSON: every object, or list of objects, in a file of that name is. */
export function isTerraformJson({ file, text }: HclFile): boolean {
  if (!file.endsWith('.tf.json')) return false;
  const { value, faults, isSequence } = parseJson(text);
  return faults.length === 0 && !isSequence && typeof value === 'object' && value !== null;
}

/** Whether Terraform reads a file only where another one names it: templates, and values of variables. */
export function isBeside(file: string): boolean {
  return /\.(tftpl|tpl|tfvars|tfvars\.json)$/.test(file);
}

/**
 * Reads configurations of Terraform: the files of a folder are a module, and one that no other module calls is a root.
 *
 * @param files of all folders
 * @param others which these may name, for their texts
 * @param accountOf the account of a root whose AWS provider does not say it
 * @returns what each root makes, with all modules that it calls, and what no root holds
 */
export function readHclFiles(
  files: readonly HclFile[],
  others: readonly HclFile[] = [],
  accountOf: (folder: string) => string | undefined = () => undefined,
): InventoryOfRoot[] {
  const unreadable: UnreadableItem[] = [];
  const folders = new Map<string, HclFile[]>();
  for (const file of files) {
    const folder = join(dirname(file.file));
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const modules = new Map(
    [...folders].map(([folder, own]) => [folder, moduleOf(own, unreadable)] as const),
  );
  const called = new Set([...modules].flatMap(([folder, one]) => targetsOf(folder, one)));
  const world: Modules = { at: (folder) => modules.get(folder), ...textsOf([...files, ...others]) };
  const budget = new Budget();
  const variables = new VariableFiles(others);
  const read = (folder: string, configuration: Configuration): InventoryOfRoot => {
    const places = new Map<string, BlockPlace>();
    const into = new Collector(sourceOf(folder, places));
    readConfiguration(configuration, into, {
      folder,
      modules: world,
      budget,
      account: accountOf(folder),
      given: (name) => variables.valueOf(folder, name),
      onPlace: (address, place) => places.set(address, place),
    });
    return { ...into.inventory(), folder, isConfiguration: true };
  };
  const roots = [...modules].filter(([folder]) => !called.has(folder));
  // Modules that only call each other have no root; reading one of them says so.
  const circle = [...modules].filter(
    ([folder]) => called.has(folder) && !reached(roots, modules, folder),
  );
  return [
    ...[...roots, ...circle].map(([folder, configuration]) => read(folder, configuration)),
    {
      roles: [],
      providers: [],
      policies: [],
      unreadable,
      folder: undefined,
      isConfiguration: true,
    },
  ];
}

/** Whether a root leads to a folder. */
function reached(
  roots: readonly (readonly [string, Configuration])[],
  modules: ReadonlyMap<string, Configuration>,
  wanted: string,
): boolean {
  const seen = new Set<string>();
  const open = roots.map(([folder]) => folder);
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    const module = modules.get(folder);
    if (module) open.push(...targetsOf(folder, module));
  }
  return seen.has(wanted);
}

/** The other folders that a module calls. */
function targetsOf(folder: string, { calls }: Configuration): string[] {
  return [...calls.values()].flatMap(({ body }) => {
    const source = textIn(argumentsOf(body).get('source'));
    if (source === undefined || !/^\.\.?(\/|$)/.test(source)) return [];
    const target = join(folder, source);
    return target === folder ? [] : [target];
  });
}

/** What the files of a folder come to; those that override others are read last. */
function moduleOf(files: readonly HclFile[], unreadable: UnreadableItem[]): Configuration {
  const isOverride = ({ file }: HclFile) =>
    /(^|_)override\.(tf|tofu)(\.json)?$/.test(basename(file));
  const isOfOpenTofu = ({ file }: HclFile) => file.endsWith('.tofu');
  // Beside files that both tools read, it depends on the tool what is deployed.
  const unsure = files.every(isOfOpenTofu) ? [] : files.filter(isOfOpenTofu);
  for (const { file } of unsure) {
    const what =
      'OpenTofu reads this file and Terraform does not, so what is deployed depends on the tool';
    unreadable.push({ place: { file, path: '' }, what, fix: FIX_CONFIGURATION });
  }
  const read = (some: readonly HclFile[]) =>
    some.filter((one) => !unsure.includes(one)).flatMap((one) => blocksOf(one, unreadable));
  const own = read(files.filter((one) => !isOverride(one)));
  const blocks = read(files.filter(isOverride)).reduce<readonly PlacedBlock[]>((all, by) => {
    const isSame = (one: PlacedBlock) => addressOf(one) === addressOf(by);
    if (!all.some(isSame)) return [...all, by];
    return all.map((one) =>
      isSame(one)
        ? { ...one, body: overridden(one.body, by.body), place: eitherPlace(one, by) }
        : one,
    );
  }, own);
  return configurationOf(blocks);
}

/** An argument stands where it was written last. */
function eitherPlace(one: PlacedBlock, by: PlacedBlock): BlockPlace {
  const has = ({ attributes, blocks }: Body, argument: string) =>
    attributes.some(({ name }) => name === argument) ||
    blocks.some(({ type }) => type === argument);
  return (address, argument) => {
    const written = argument !== undefined && has(by.body, argument) ? by : one;
    return written.place?.(address, argument) ?? { file: '', path: address };
  };
}

function blocksOf({ file, text }: HclFile, unreadable: UnreadableItem[]): PlacedBlock[] {
  if (file.endsWith('.tf.json')) {
    const parsed = parseJson(text);
    const source = jsonSource(file, parsed);
    const blocks = blocksOfJson(parsed.value, []);
    const [what, fix] = NOT_A_BLOCK;
    for (const at of blocks.flatMap(({ odd }) => odd))
      unreadable.push({ place: source.at(at), what, fix });
    return blocks.filter(isWhole).map((block) => ({
      ...block,
      place: (_, argument) =>
        source.at([...block.at, ...(argument === undefined ? [] : [argument])]),
    }));
  }
  const lines = new LineNumbers(text);
  const placeOf = (path: string, offset: number) => placeAt(file, path, () => lines.of(offset));
  try {
    return parseHcl(text).blocks.map((block) => ({
      ...block,
      place: (address, argument) => {
        const { attributes, blocks } = block.body;
        const at =
          attributes.find(({ name }) => name === argument) ??
          blocks.find(({ type }) => type === argument) ??
          block;
        return placeOf(argument === undefined ? address : `${address}.${argument}`, at.offset);
      },
    }));
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    unreadable.push({
      place: placeOf('', error.offset),
      what: `The file is not HCL from here on: expected ${error.expected}`,
      fix: 'Correct it; terraform validate says more',
    });
    return [];
  }
}

/** Places of a configuration: the first key of a path is an address, the second an argument of it. */
function sourceOf(file: string, places: ReadonlyMap<string, BlockPlace>): Source {
  return {
    file,
    at: ([address = '', argument]) =>
      places.get(String(address))?.(
        String(address),
        argument === undefined ? undefined : String(argument),
      ) ?? { file, path: '' },
  };
}

function textsOf(files: readonly HclFile[]): Pick<Modules, 'file' | 'template'> {
  const texts = new Map(files.map(({ file, text }) => [join(file), text]));
  const parsed = new Map<string, HclExpression>();
  return {
    file: (path) => {
      const value = texts.get(join(path));
      return value === undefined ? undefined : { kind: 'literal', value };
    },
    template: (path) => {
      const text = texts.get(join(path));
      if (text === undefined) return undefined;
      const known = parsed.get(path) ?? templateIn(text);
      parsed.set(path, known);
      return known;
    },
  };
}
